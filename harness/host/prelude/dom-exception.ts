/**
 * `DOMException`: the error of the web's own interfaces, told apart by its name.
 *
 * https://webidl.spec.whatwg.org/#idl-DOMException
 */

/** The numbers from the time before names, from 1. What no error has any more is there for the number alone. */
const CONSTANTS: readonly string[] = [
  ...['INDEX_SIZE', 'DOMSTRING_SIZE', 'HIERARCHY_REQUEST', 'WRONG_DOCUMENT', 'INVALID_CHARACTER', 'NO_DATA_ALLOWED'],
  ...['NO_MODIFICATION_ALLOWED', 'NOT_FOUND', 'NOT_SUPPORTED', 'INUSE_ATTRIBUTE', 'INVALID_STATE', 'SYNTAX'],
  ...['INVALID_MODIFICATION', 'NAMESPACE', 'INVALID_ACCESS', 'VALIDATION', 'TYPE_MISMATCH', 'SECURITY', 'NETWORK'],
  ...['ABORT', 'URL_MISMATCH', 'QUOTA_EXCEEDED', 'TIMEOUT', 'INVALID_NODE_TYPE', 'DATA_CLONE'],
];

/** In one way of writing, `InUseAttributeError` is `INUSE_ATTRIBUTE`. */
const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();
const NUMBERS: ReadonlyMap<string, number> = new Map(
  CONSTANTS.map((constant, index) => [`${plain(constant)}error`, index + 1]),
);
/** Names that an error may have and that never had a number, although a constant stands for one. */
const WITHOUT_NUMBER: readonly string[] = ['DOMStringSizeError', 'NoDataAllowedError', 'ValidationError'];

export class RealmDOMException extends Error {
  readonly #name: string;

  constructor(message: unknown = '', options: string | { readonly name?: string; readonly cause?: unknown } = 'Error') {
    super(String(message));
    this.#name = typeof options === 'string' ? options : (options.name ?? 'Error');
    if (typeof options === 'object' && 'cause' in options)
      Object.defineProperty(this, 'cause', { value: options.cause, configurable: true, writable: true });
  }

  override get name(): string {
    return this.#name;
  }

  /** 0 for names that have no number. */
  get code(): number {
    const spelledAlike = /^[A-Z]\w*Error$/.test(this.#name) && !WITHOUT_NUMBER.includes(this.#name);
    return spelledAlike ? (NUMBERS.get(plain(this.#name)) ?? 0) : 0;
  }

  get [Symbol.toStringTag](): string {
    return 'DOMException';
  }
}

for (const [index, constant] of CONSTANTS.entries()) {
  const property = { value: index + 1, enumerable: true };
  Object.defineProperty(RealmDOMException, `${constant}_ERR`, property);
  Object.defineProperty(RealmDOMException.prototype, `${constant}_ERR`, property);
}
