/** A mistake of the person at the shell: shown as one line that names the fix; exit code 2. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
