import { HEAD, type UploadFile } from '../../declare/context-classes';
import { rule, type Rules } from './rule';
import { listed } from './words';

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OPEN = 'application/vnd.oasis.opendocument';
const ZIPPED = [
  'application/zip',
  'application/x-zip-compressed',
  'application/java-archive',
  'application/epub+zip',
  `${OFFICE}.wordprocessingml.document`,
  `${OFFICE}.spreadsheetml.sheet`,
  `${OFFICE}.presentationml.presentation`,
  `${OPEN}.text`,
  `${OPEN}.spreadsheet`,
  `${OPEN}.presentation`,
];

/* oxlint-disable no-control-regex -- files begin with any bytes */
/** How files of common types begin; each character of a pattern is one byte. */
const BEGINNINGS: readonly (readonly [types: readonly string[], begins: RegExp])[] = [
  [['image/png'], /^\x89PNG\r\n\x1a\n/],
  [['image/jpeg'], /^\xff\xd8\xff/],
  [['image/gif'], /^GIF8[79]a/],
  [['image/webp'], /^RIFF.{4}WEBP/s],
  [['image/tiff'], /^(?:II\*\0|MM\0\*)/],
  [['image/avif'], /^.{4}ftypavi[fs]/s],
  [['image/heic', 'image/heif'], /^.{4}ftyp(?:hei[cmsx]|hev[cx]|mif1|msf1)/s],
  [['application/pdf'], /^%PDF-/],
  [['application/gzip', 'application/x-gzip'], /^\x1f\x8b/],
  [['application/x-7z-compressed'], /^7z\xbc\xaf\x27\x1c/],
  [['application/vnd.rar', 'application/x-rar-compressed'], /^Rar!\x1a\x07/],
  [ZIPPED, /^PK(?:\x03\x04|\x05\x06)/],
  [['audio/mpeg'], /^(?:ID3|\xff[\xf2\xf3\xfa\xfb])/],
  [['audio/wav', 'audio/x-wav', 'audio/vnd.wave'], /^RIFF.{4}WAVE/s],
  [['audio/flac', 'audio/x-flac'], /^fLaC/],
  [['audio/ogg', 'video/ogg', 'application/ogg'], /^OggS/],
  [
    ['audio/mp4', 'audio/x-m4a', 'video/mp4', 'video/quicktime', 'video/x-m4v'],
    /^.{4}ftyp(?:3g|avc1|iso|M4|mp4|MSNV|qt)/s,
  ],
  [['audio/webm', 'video/webm', 'video/x-matroska'], /^\x1aE\xdf\xa3/],
];
const KNOWN: ReadonlySet<string> = new Set(BEGINNINGS.flatMap(([types]) => types));

/** Constraints of uploaded files. */
export const files = {
  /** Of `@File({ media })`: what the client says it is, and what its first bytes say. */
  'file.media': rule<readonly string[], UploadFile | Uint8Array>({
    for: ['file', 'bytes'],
    test: (value, ranges) => {
      if (value instanceof Uint8Array) return bytesFit(value, ranges);
      const { contentType, [HEAD]: head } = value;
      return fileFits(contentType.split(';', 1)[0]!.trim().toLowerCase(), head, ranges);
    },
    explain: (accepted) => {
      const expected = listed(accepted);
      return { type: 'file_type', msg: `File should be of type ${expected}`, ctx: { expected } };
    },
  }),
} satisfies Rules;

/** Of `image/*` only types whose beginning is known are accepted: what says it is an image may be anything else. */
function fileFits(
  declared: string,
  head: Uint8Array | undefined,
  ranges: readonly string[],
): boolean {
  if (!ranges.some((range) => isWithin(declared, range))) return false;
  if (head === undefined) return true;
  const found = typesOf(head);
  if (KNOWN.has(declared)) return found.includes(declared);
  return (
    ranges.includes(declared) &&
    !(declared.startsWith('text/') && (found.length > 0 || head.includes(0)))
  );
}

/** Of bytes nobody said what they are. */
function bytesFit(bytes: Uint8Array, ranges: readonly string[]): boolean {
  const found = typesOf(bytes);
  if (found.some((type) => ranges.some((range) => isWithin(type, range)))) return true;
  return found.length === 0 && ranges.some((range) => !range.endsWith('/*') && !KNOWN.has(range));
}

/** The media types that begin as some bytes do; none where that tells nothing. */
export function typesOf(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return BEGINNINGS.filter(([, begins]) => begins.test(text)).flatMap(([types]) => types);
}

function isWithin(type: string, range: string): boolean {
  return range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}
