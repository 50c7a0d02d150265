import type { Request } from '../declare/context-classes';

/** What a store gives, or undefined where the answer can do without it; the failure is logged. */
export async function failOpen<T>(
  asked: Promise<T>,
  request: Request,
  whose: string,
): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    request.log.warn({ err: error }, `The store of ${whose} failed`);
    return undefined;
  }
}
