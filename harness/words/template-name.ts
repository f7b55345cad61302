/**
 * The name that a template's author knows, of a resource that the template does not name itself.
 *
 * For readers only: AWS's own answers, and what code prints, have the whole name.
 */

/** «Unreadable» of `ledger-Unreadable-1A2B3C4D5E6F`, as CloudFormation names such a resource; any other name stays as it is. */
export function templateName(name: string): string {
  return /^[A-Za-z][A-Za-z0-9-]*-([A-Za-z0-9]+)-[A-Z0-9]{12,13}(?:\.fifo)?$/.exec(name)?.[1] ?? name;
}
