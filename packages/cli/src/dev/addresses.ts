import { cyan } from '../terminal/style';

/** Where an application is found, as lines; `VIVACE_PUBLIC_URL` is where others reach what listens here. */
export function addresses(url: string | null, publicUrl = process.env['VIVACE_PUBLIC_URL']): readonly string[] {
  if (url === null) return [];
  const shown = (publicUrl ?? url).replace(/\/$/, '');
  return [`  application    ${cyan(shown)}`, `  documentation  ${cyan(`${shown}/docs`)}`];
}
