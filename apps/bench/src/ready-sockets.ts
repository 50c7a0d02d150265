/** Tells where WebSockets listen, and how many are open in how much memory when it is asked. */
export function readySockets(url: string | null, open: () => number): void {
  process.send?.({ url });
  process.on('message', () => {
    global.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    process.send?.({ open: open(), resident: rss, heap: heapUsed });
  });
}
