/**
 * The members that Node 24 has of what a lab has something of, by name. What a lab has not built of them is refused by name.
 *
 * `node-names.test.ts` compares the list with the Node that runs it. Names that begin with an underscore are Node's own affair.
 */

/** Names with a space between them. They are told apart when they are needed, as no realm needs all of them. */
type Rows = readonly string[];

export interface NodeMembers {
  /** Functions and classes. */
  readonly functions: Rows;
  /** Everything else. */
  readonly values: Rows;
  /** Functions that stand on a class or a function. */
  readonly statics?: Readonly<Record<string, Rows>>;
}

/** One of its lists. */
export function memberNames(rows: Rows): readonly string[] {
  return rows.flatMap((row) => row.split(' '));
}

/** `…Instance` are the members of what a class makes; `globals` is without the language's own. Read off Node 24.21. */
export const NODE_NAMES = {
  globals: {
    functions: [
      'AbortController AbortSignal Blob BroadcastChannel Buffer ByteLengthQueuingStrategy CloseEvent',
      'CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DecompressionStream Event',
      'EventTarget File FinalizationRegistry FormData Headers MessageChannel MessageEvent MessagePort Navigator',
      'Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver',
      'PerformanceObserverEntryList PerformanceResourceTiming ReadableByteStreamController ReadableStream',
      'ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader',
      'Request Response SharedArrayBuffer SubtleCrypto TextDecoder TextDecoderStream TextEncoder TextEncoderStream',
      'TransformStream TransformStreamDefaultController URL URLPattern URLSearchParams WeakRef WebSocket',
      'WritableStream WritableStreamDefaultController WritableStreamDefaultWriter atob btoa clearImmediate',
      'clearInterval clearTimeout fetch queueMicrotask setImmediate setInterval setTimeout structuredClone',
    ],
    values: ['Atomics WebAssembly crypto global navigator performance process'],
    statics: {
      ReadableStream: ['from'],
      Response: ['error json redirect'],
    },
  },
  Atomics: {
    functions: ['add and compareExchange exchange isLockFree load notify or pause store sub wait waitAsync xor'],
    values: [],
  },
  WebAssembly: {
    functions: [
      'CompileError Exception Global Instance LinkError Memory Module RuntimeError SuspendError Suspending Table Tag',
      'compile compileStreaming instantiate instantiateStreaming promising validate',
    ],
    values: ['JSTag'],
    statics: {
      Module: ['customSections exports imports'],
    },
  },
  navigator: {
    functions: [],
    values: ['hardwareConcurrency language languages locks platform userAgent'],
  },
  console: {
    functions: [
      'Console assert clear context count countReset createTask debug dir dirxml error group groupCollapsed groupEnd',
      'info log profile profileEnd table time timeEnd timeLog timeStamp trace warn',
    ],
    values: [],
  },
  performance: {
    functions: [
      'addEventListener clearMarks clearMeasures clearResourceTimings dispatchEvent eventLoopUtilization getEntries',
      'getEntriesByName getEntriesByType mark markResourceTiming measure now removeEventListener',
      'setResourceTimingBufferSize timerify toJSON',
    ],
    values: ['nodeTiming onresourcetimingbufferfull timeOrigin'],
  },
  process: {
    functions: [
      'abort addListener availableMemory binding chdir constrainedMemory cpuUsage cwd dlopen emit emitWarning',
      'eventNames execve exit getActiveResourcesInfo getBuiltinModule getMaxListeners getegid geteuid getgid',
      'getgroups getuid hasUncaughtExceptionCaptureCallback hrtime initgroups kill listenerCount listeners',
      'loadEnvFile memoryUsage nextTick off on once openStdin prependListener prependOnceListener rawListeners',
      'reallyExit ref removeAllListeners removeListener resourceUsage setMaxListeners setSourceMapsEnabled',
      'setUncaughtExceptionCaptureCallback setegid seteuid setgid setgroups setuid threadCpuUsage umask unref uptime',
    ],
    values: [
      'allowedNodeEnvironmentFlags arch argv argv0 config debugPort domain env execArgv execPath exitCode features',
      'finalization moduleLoadList pid platform ppid release report sourceMapsEnabled stderr stdin',
      'stdout title version versions',
    ],
    statics: {
      memoryUsage: ['rss'],
    },
  },
  Buffer: {
    functions: [
      'alloc allocUnsafe allocUnsafeSlow byteLength compare concat copyBytesFrom from isBuffer isEncoding of',
    ],
    values: ['poolSize'],
  },
  bufferInstance: {
    functions: [
      'asciiSlice asciiWrite base64Slice base64Write base64urlSlice base64urlWrite compare copy equals fill hexSlice',
      'hexWrite includes indexOf inspect lastIndexOf latin1Slice latin1Write readBigInt64BE readBigInt64LE',
      'readBigUInt64BE readBigUInt64LE readBigUint64BE readBigUint64LE readDoubleBE readDoubleLE readFloatBE',
      'readFloatLE readInt16BE readInt16LE readInt32BE readInt32LE readInt8 readIntBE readIntLE readUInt16BE',
      'readUInt16LE readUInt32BE readUInt32LE readUInt8 readUIntBE readUIntLE readUint16BE readUint16LE readUint32BE',
      'readUint32LE readUint8 readUintBE readUintLE slice subarray swap16 swap32 swap64 toJSON toLocaleString',
      'toString ucs2Slice ucs2Write utf8Slice utf8Write write writeBigInt64BE writeBigInt64LE writeBigUInt64BE',
      'writeBigUInt64LE writeBigUint64BE writeBigUint64LE writeDoubleBE writeDoubleLE writeFloatBE writeFloatLE',
      'writeInt16BE writeInt16LE writeInt32BE writeInt32LE writeInt8 writeIntBE writeIntLE writeUInt16BE',
      'writeUInt16LE writeUInt32BE writeUInt32LE writeUInt8 writeUIntBE writeUIntLE writeUint16BE writeUint16LE',
      'writeUint32BE writeUint32LE writeUint8 writeUintBE writeUintLE',
    ],
    values: ['offset parent'],
  },
  URL: {
    functions: ['canParse createObjectURL parse revokeObjectURL'],
    values: [],
  },
  urlInstance: {
    functions: ['toJSON toString'],
    values: ['hash host hostname href origin password pathname port protocol search searchParams username'],
  },
  searchParams: {
    functions: ['append delete entries forEach get getAll has keys set sort toString values'],
    values: ['size'],
  },
  timeout: {
    functions: ['close hasRef ref refresh unref'],
    values: [],
  },
  hashInstance: {
    functions: [
      'addListener compose copy cork destroy digest drop emit end eventNames every filter find flatMap forEach',
      'getMaxListeners isPaused iterator listenerCount listeners map off on once pause pipe prependListener',
      'prependOnceListener push rawListeners read reduce removeAllListeners removeListener resume setDefaultEncoding',
      'setEncoding setMaxListeners some take toArray uncork unpipe unshift update wrap write',
    ],
    values: [
      'closed destroyed errored readable readableAborted readableBuffer readableDidRead readableEncoding',
      'readableEnded readableFlowing readableHighWaterMark readableLength readableObjectMode writable writableBuffer',
      'writableCorked writableEnded writableFinished writableHighWaterMark writableLength writableNeedDrain',
      'writableObjectMode',
    ],
  },
  subtle: {
    functions: [
      'decapsulateBits decapsulateKey decrypt deriveBits deriveKey digest encapsulateBits encapsulateKey encrypt',
      'exportKey generateKey getPublicKey importKey sign unwrapKey verify wrapKey',
    ],
    values: [],
  },
  'node:buffer': {
    functions: ['Blob Buffer File SlowBuffer atob btoa isAscii isUtf8 resolveObjectURL transcode'],
    values: ['INSPECT_MAX_BYTES constants kMaxLength kStringMaxLength'],
  },
  'node:crypto': {
    functions: [
      'Certificate Cipheriv Decipheriv DiffieHellman DiffieHellmanGroup ECDH Hash Hmac KeyObject Sign Verify',
      'X509Certificate argon2 argon2Sync checkPrime checkPrimeSync createCipheriv createDecipheriv',
      'createDiffieHellman createDiffieHellmanGroup createECDH createHash createHmac createPrivateKey createPublicKey',
      'createSecretKey createSign createVerify decapsulate diffieHellman encapsulate generateKey generateKeyPair',
      'generateKeyPairSync generateKeySync generatePrime generatePrimeSync getCipherInfo getCiphers getCurves',
      'getDiffieHellman getFips getHashes getRandomValues hash hkdf hkdfSync pbkdf2 pbkdf2Sync privateDecrypt',
      'privateEncrypt prng pseudoRandomBytes publicDecrypt publicEncrypt randomBytes randomFill randomFillSync',
      'randomInt randomUUID randomUUIDv7 rng scrypt scryptSync secureHeapUsed setEngine setFips sign timingSafeEqual',
      'verify',
    ],
    values: ['constants fips subtle webcrypto'],
    statics: {
      Certificate: ['exportChallenge exportPublicKey verifySpkac'],
      ECDH: ['convertKey'],
      KeyObject: ['from'],
    },
  },
  'node:perf_hooks': {
    functions: [
      'Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver',
      'PerformanceObserverEntryList PerformanceResourceTiming createHistogram eventLoopUtilization',
      'monitorEventLoopDelay timerify',
    ],
    values: ['constants performance'],
  },
  'node:timers': {
    functions: ['clearImmediate clearInterval clearTimeout setImmediate setInterval setTimeout'],
    values: ['promises'],
  },
  'node:timers/promises': {
    functions: ['setImmediate setInterval setTimeout'],
    values: ['scheduler'],
  },
  'node:util': {
    functions: [
      'MIMEParams MIMEType TextDecoder TextEncoder aborted callbackify convertProcessSignalToExitCode debug debuglog',
      'deprecate diff format formatWithOptions getCallSites getSystemErrorMap getSystemErrorMessage',
      'getSystemErrorName inherits inspect isArray isDeepStrictEqual parseArgs parseEnv promisify setTraceSigInt',
      'stripVTControlCharacters styleText toUSVString transferableAbortController transferableAbortSignal',
    ],
    values: ['types'],
    statics: {
      MIMEType: ['parse'],
    },
  },
  'node:util/types': {
    functions: [
      'isAnyArrayBuffer isArgumentsObject isArrayBuffer isArrayBufferView isAsyncFunction isBigInt64Array',
      'isBigIntObject isBigUint64Array isBooleanObject isBoxedPrimitive isCryptoKey isDataView isDate isExternal',
      'isFloat16Array isFloat32Array isFloat64Array isGeneratorFunction isGeneratorObject isInt16Array isInt32Array',
      'isInt8Array isKeyObject isMap isMapIterator isModuleNamespaceObject isNativeError isNumberObject isPromise',
      'isProxy isRegExp isSet isSetIterator isSharedArrayBuffer isStringObject isSymbolObject isTypedArray',
      'isUint16Array isUint32Array isUint8Array isUint8ClampedArray isWeakMap isWeakSet',
    ],
    values: [],
  },
  'node:zlib': {
    functions: [
      'BrotliCompress BrotliDecompress Deflate DeflateRaw Gunzip Gzip Inflate InflateRaw Unzip ZstdCompress',
      'ZstdDecompress brotliCompress brotliCompressSync brotliDecompress brotliDecompressSync crc32',
      'createBrotliCompress createBrotliDecompress createDeflate createDeflateRaw createGunzip createGzip',
      'createInflate createInflateRaw createUnzip createZstdCompress createZstdDecompress deflate deflateRaw',
      'deflateRawSync deflateSync gunzip gunzipSync gzip gzipSync inflate inflateRaw inflateRawSync inflateSync unzip',
      'unzipSync zstdCompress zstdCompressSync zstdDecompress zstdDecompressSync',
    ],
    values: [
      'DEFLATE DEFLATERAW GUNZIP GZIP INFLATE INFLATERAW UNZIP ZLIB_VERNUM ZSTD_CLEVEL_DEFAULT ZSTD_COMPRESS',
      'ZSTD_DECOMPRESS ZSTD_btlazy2 ZSTD_btopt ZSTD_btultra ZSTD_btultra2 ZSTD_c_chainLog ZSTD_c_checksumFlag',
      'ZSTD_c_compressionLevel ZSTD_c_contentSizeFlag ZSTD_c_dictIDFlag ZSTD_c_enableLongDistanceMatching',
      'ZSTD_c_hashLog ZSTD_c_jobSize ZSTD_c_ldmBucketSizeLog ZSTD_c_ldmHashLog ZSTD_c_ldmHashRateLog',
      'ZSTD_c_ldmMinMatch ZSTD_c_minMatch ZSTD_c_nbWorkers ZSTD_c_overlapLog ZSTD_c_searchLog ZSTD_c_strategy',
      'ZSTD_c_targetLength ZSTD_c_windowLog ZSTD_d_windowLogMax ZSTD_dfast ZSTD_e_continue ZSTD_e_end ZSTD_e_flush',
      'ZSTD_error_GENERIC ZSTD_error_checksum_wrong ZSTD_error_corruption_detected',
      'ZSTD_error_dictionaryCreation_failed ZSTD_error_dictionary_corrupted ZSTD_error_dictionary_wrong',
      'ZSTD_error_dstBuffer_null ZSTD_error_dstSize_tooSmall ZSTD_error_frameParameter_unsupported',
      'ZSTD_error_frameParameter_windowTooLarge ZSTD_error_init_missing ZSTD_error_literals_headerWrong',
      'ZSTD_error_maxSymbolValue_tooLarge ZSTD_error_maxSymbolValue_tooSmall ZSTD_error_memory_allocation',
      'ZSTD_error_noForwardProgress_destFull ZSTD_error_noForwardProgress_inputEmpty ZSTD_error_no_error',
      'ZSTD_error_parameter_combination_unsupported ZSTD_error_parameter_outOfBound ZSTD_error_parameter_unsupported',
      'ZSTD_error_prefix_unknown ZSTD_error_srcSize_wrong ZSTD_error_stabilityCondition_notRespected',
      'ZSTD_error_stage_wrong ZSTD_error_tableLog_tooLarge ZSTD_error_version_unsupported',
      'ZSTD_error_workSpace_tooSmall ZSTD_fast ZSTD_greedy ZSTD_lazy ZSTD_lazy2 Z_BEST_COMPRESSION Z_BEST_SPEED',
      'Z_BLOCK Z_BUF_ERROR Z_DATA_ERROR Z_DEFAULT_CHUNK Z_DEFAULT_COMPRESSION Z_DEFAULT_LEVEL Z_DEFAULT_MEMLEVEL',
      'Z_DEFAULT_STRATEGY Z_DEFAULT_WINDOWBITS Z_ERRNO Z_FILTERED Z_FINISH Z_FIXED Z_FULL_FLUSH Z_HUFFMAN_ONLY',
      'Z_MAX_CHUNK Z_MAX_LEVEL Z_MAX_MEMLEVEL Z_MAX_WINDOWBITS Z_MEM_ERROR Z_MIN_CHUNK Z_MIN_LEVEL Z_MIN_MEMLEVEL',
      'Z_MIN_WINDOWBITS Z_NEED_DICT Z_NO_COMPRESSION Z_NO_FLUSH Z_OK Z_PARTIAL_FLUSH Z_RLE Z_STREAM_END',
      'Z_STREAM_ERROR Z_SYNC_FLUSH Z_VERSION_ERROR codes constants',
    ],
  },
  'node:url': {
    functions: [
      'URL URLPattern URLSearchParams Url domainToASCII domainToUnicode fileURLToPath fileURLToPathBuffer format',
      'parse pathToFileURL resolve resolveObject urlToHttpOptions',
    ],
    values: [],
  },
} as const satisfies Readonly<Record<string, NodeMembers>>;
