export { createLogger, type Logger } from '@assay/telemetry/logging';
