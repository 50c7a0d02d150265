const PAGES: readonly string[] = ['text/html', 'application/xhtml+xml'];

/** Whether a browser asks for a page: scripts, styles and calls of an API name no HTML. */
export function wantsPage(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some((one) => {
    const [type = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    return (
      PAGES.includes(type) && !parameters.some((parameter) => /^q\s*=\s*0(\.0*)?$/.test(parameter))
    );
  });
}
