/**
 * What Lambda calls a loop, and when it is one (LS-32). The guard itself is in recursion.ts.
 */

/** UV-84: AWS says «approximately 16 times». */
export const MOST_PASSAGES = 16;

export const LOOP_STOPPED =
  "Lambda has detected your function being invoked in a recursive loop with other AWS resources and stopped your function's invocation.";
