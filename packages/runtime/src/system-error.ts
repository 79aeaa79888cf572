/**
 * An error of the operating system, such as a port that is taken or a file that may not be written, as a sentence for operators. Null for
 * any other error, whose stack says where the product is at fault.
 */
export function describeSystemError(error: unknown): string | null {
  const { code = '', syscall, message, port } = (error ?? {}) as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE' && port !== undefined) return `Port ${port} is taken. Stop what uses it, or choose another one.`;
  return syscall !== undefined && /^E[A-Z]+$/.test(code) ? `The system refuses it: ${message}` : null;
}
