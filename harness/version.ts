/**
 * The version of the harness: that of its package.json, which a test compares with it. Written here since a browser reads no files.
 */

export const HARNESS_VERSION = '0.1.0';
