/**
 * How a plugin of the bundler refuses an import: with a sentence, which becomes a finding at the line of the import.
 */

/** The refusal, as esbuild takes it. */
export function refusedImport(text: string): { errors: { text: string }[] } {
  return { errors: [{ text }] };
}
