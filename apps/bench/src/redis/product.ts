/** What both servers keep for a minute. */
export function productOf(id: number) {
  return {
    id,
    name: `Product ${id}`,
    cents: 100 + id,
    tags: ['new', 'wood', 'garden'],
    added: new Date(1_764_500_000_000 + id),
  };
}

export const LIMIT = { limit: 1_000_000_000, seconds: 60 };
export const SECONDS = 60;
