import { cyan } from '../terminal/style';

/** The default path of the documentation. */
export const DOCS = '/docs';

/**
 * The lines that name the addresses of an application. `VIVACE_PUBLIC_URL` replaces the local
 * address.
 */
export function addresses(
  url: string | null,
  documented = true,
  publicUrl = process.env['VIVACE_PUBLIC_URL'],
): readonly string[] {
  if (url === null) return [];
  const shown = (publicUrl ?? url).replace(/\/$/, '');
  return [
    `  application    ${cyan(shown)}`,
    ...(documented ? [`  documentation  ${cyan(shown + DOCS)}`] : []),
  ];
}
