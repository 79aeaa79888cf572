// Loaded into child processes before their own code: see recordingVariables.
import { recordStatements } from './recorder.ts';

recordStatements();
