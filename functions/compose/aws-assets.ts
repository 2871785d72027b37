import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Names do not carry a version, so what they name is asked for again after a while; fonts and images hardly change. */
const cacheOf = (type: string): string => `public, max-age=${/^(font|image)\//.test(type) ? 86_400 : 300}`;

interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Serves the files of a folder under `/assets/`. They are read once, when the function starts: some 400 KiB. */
export function assetsIn(folder: string): (request: Request) => Response {
  const assets = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [`/assets/${relative(folder, path)}`, assetOf(path)]),
  );
  return (request) => {
    const asset = assets.get(new URL(request.url).pathname);
    if (!asset) return new Response('There is nothing here', { status: 404, headers: PLAIN });
    const same = request.headers.get('if-none-match') === asset.headers['etag'];
    return new Response(same ? null : asset.bytes, { status: same ? 304 : 200, headers: asset.headers });
  };
}

const PLAIN = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };

function assetOf(path: string): Asset {
  const bytes = new Uint8Array(readFileSync(path));
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  return {
    bytes,
    headers: {
      'content-type': type,
      'cache-control': cacheOf(type),
      etag,
      'x-content-type-options': 'nosniff',
    },
  };
}
