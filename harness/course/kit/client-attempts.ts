/**
 * How often an SDK client attempts a call before it gives up and its caller sees the error.
 */

/**
 * DynamoDB's client makes four attempts, the others three (the SDK's own defaults). As many refusals in a row are what code gets to
 * see, whichever client it used.
 */
export const CLIENT_ATTEMPTS = 4;
