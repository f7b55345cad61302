/**
 * Names what is checked, counts, and says at the end how it went.
 *
 * A check fails by throwing; the others go on.
 */

import process from 'node:process';

let passed = 0;
let failed = 0;

/** Runs one check and reports it in one line. */
export async function check(name: string, run: () => Promise<void> | void): Promise<void> {
  try {
    await run();
    passed += 1;
    console.log(`✓ ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`✗ ${name}\n    ${error instanceof Error ? error.message.split('\n').join('\n    ') : String(error)}`);
  }
}

/** The last line, and the exit code. */
export function report(): void {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
