/**
 * Adds a workspace to the text of `package-lock.json`, as npm would: `npm ci` refuses a lockfile that doesn't know a workspace.
 *
 * A lab pins the packages that other labs pin, so nothing has to be resolved.
 */

interface Lockfile {
  readonly packages: Readonly<Record<string, object>>;
}

/** The text with the workspace; null if it is no lockfile with packages. */
export function withWorkspace(text: string, folder: string, packageJson: string): string | null {
  const lockfile = JSON.parse(text) as Partial<Lockfile>;
  if (lockfile.packages === undefined) return null;
  const { name, version, license, dependencies, devDependencies } = JSON.parse(packageJson) as Record<string, unknown>;
  const packages = {
    ...lockfile.packages,
    [folder]: { name, version, license, dependencies, devDependencies },
    [`node_modules/${String(name)}`]: { resolved: folder, link: true },
  };
  const sorted = Object.entries(packages).sort(([one], [other]) => one.localeCompare(other, 'en'));
  return `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(sorted) }, null, 2)}\n`;
}
