import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

/** 1 January 1980, the first day that a zip file knows: the same content is the same bytes on any day. */
const DATE = 33;
const READABLE = 0o100644;

/**
 * A folder as a zip file (PKWARE APPNOTE 6.3.10), the same bytes for the same content: paths in order, no dates, and
 * every file readable by Lambda's user.
 */
export function zipOf(folder: string): Buffer {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const path of paths) {
    const content = readFileSync(join(folder, path));
    const packed = deflateRawSync(content, { level: 9 });
    const name = Buffer.from(path);
    const shared = sharedHeader(content, packed, name);
    const local = Buffer.concat([u32(0x04034b50), shared, u16(0), name, packed]);
    central.push(
      Buffer.concat([
        u32(0x02014b50),
        // made by Unix, so that the mode below counts
        u16(0x0314),
        shared,
        u16(0), // extra
        u16(0), // comment
        u16(0), // disk
        u16(0), // internal attributes
        u32(READABLE * 0x10000),
        u32(offset),
        name,
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const count = u16(paths.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(directory.length), u32(offset), u16(0)];
  return Buffer.concat([...locals, directory, ...end]);
}

/** From "version needed" to the length of the name: the same in both headers. */
const sharedHeader = (content: Buffer, packed: Buffer, name: Buffer): Buffer =>
  Buffer.concat([
    u16(20),
    u16(0x0800), // names are UTF-8
    u16(8), // deflate
    u16(0),
    u16(DATE),
    u32(crc32(content)),
    u32(packed.length),
    u32(content.length),
    u16(name.length),
  ]);

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
