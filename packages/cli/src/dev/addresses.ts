import { cyan } from '../terminal/style';

/** Where the documentation is, unless an application says otherwise. */
export const DOCS = '/docs';

/** Where an application is found, as lines; `VIVACE_PUBLIC_URL` is where others reach what listens here. */
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
