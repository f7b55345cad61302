/**
 * The body of a `Request` or a `Response`: bytes that are read once, as text, as JSON or as they are.
 *
 * https://fetch.spec.whatwg.org/#body-mixin. Streams, blobs and forms are refused by name.
 */

import { refuse } from './environment-now.ts';
import { RealmTextDecoder, utf8Bytes } from './text.ts';
import { RealmURLSearchParams } from './url.ts';

const NO_STREAMS = 'A lab has no streams and no files. Read the body with text(), json(), arrayBuffer() or bytes().';

/** A body as it was given: its bytes, and the type that follows from what it was. */
export interface ReadBody {
  readonly bytes: Uint8Array;
  readonly type: string | null;
}

/** Reads what was given as a body; null for none. */
export function readBody(given: unknown): ReadBody | null {
  if (given === undefined || given === null) return null;
  if (given instanceof ArrayBuffer) return { bytes: new Uint8Array(given.slice(0)), type: null };
  if (ArrayBuffer.isView(given)) {
    const { buffer, byteOffset, byteLength } = given;
    return { bytes: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength).slice(), type: null };
  }
  if (given instanceof RealmURLSearchParams)
    return { bytes: utf8Bytes(String(given)), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  return { bytes: utf8Bytes(String(given)), type: 'text/plain;charset=UTF-8' };
}

/** Only this file and those that import it look into a body without reading it. */
let lookInto: (body: RealmBody, what: string) => Uint8Array | null;
let use: (body: RealmBody) => void;

/** What a `Request` and a `Response` have in common. `kind`: what learners' code calls it. */
export abstract class RealmBody {
  readonly #bytes: Uint8Array | null;
  readonly #kind: string;
  #isUsed = false;

  static {
    lookInto = (body, what) => body.#unused(what);
    use = (body) => {
      body.#isUsed = body.#bytes !== null;
    };
  }

  constructor(bytes: Uint8Array | null, kind: string) {
    this.#bytes = bytes;
    this.#kind = kind;
  }

  get bodyUsed(): boolean {
    return this.#isUsed;
  }

  /** Null without a body, as in Node. What else it is there, a lab lacks. */
  get body(): null {
    if (this.#bytes === null) return null;
    return refuse(`Your code reads ${this.#kind}.body.`, NO_STREAMS);
  }

  async text(): Promise<string> {
    return new RealmTextDecoder().decode(this.#read());
  }

  async json(): Promise<unknown> {
    return JSON.parse(new RealmTextDecoder().decode(this.#read())) as unknown;
  }

  async bytes(): Promise<Uint8Array> {
    return this.#read();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#read().buffer as ArrayBuffer;
  }

  async blob(): Promise<never> {
    return refuse(`Your code calls ${this.#kind}.blob.`, NO_STREAMS);
  }

  async formData(): Promise<never> {
    return refuse(`Your code calls ${this.#kind}.formData.`, NO_STREAMS);
  }

  #unused(what: string): Uint8Array | null {
    if (this.#isUsed) throw new TypeError(what);
    return this.#bytes;
  }

  #read(): Uint8Array {
    if (this.#isUsed) throw new TypeError('Body is unusable: Body has already been read');
    // A body that is not there can be read again and again.
    if (this.#bytes !== null) this.#isUsed = true;
    return this.#bytes?.slice() ?? new Uint8Array();
  }
}

/** The bytes of a body for a copy; null without a body. Throws if it was read. */
export function copiedBytes(body: RealmBody, kind: 'Request' | 'Response'): Uint8Array | null {
  return lookInto(body, `${kind}.clone: Body has already been consumed.`);
}

/** The bytes of a body, which is read thereby; null without a body. */
export function takenBytes(body: RealmBody): Uint8Array | null {
  const bytes = lookInto(body, 'Cannot construct a Request with a Request object that has already been used.');
  use(body);
  return bytes;
}
