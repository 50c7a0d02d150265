import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { start } from 'node:repl';
import { PassThrough } from 'node:stream';
import { dim } from '../terminal/style';

/**
 * Evaluates what is typed, or comes through a pipe, until its end; `await` works.
 *
 * @param words what it knows beside JavaScript
 * @param history the file that keeps what was typed
 */
export async function shell(
  words: Readonly<Record<string, unknown>>,
  history: string,
): Promise<void> {
  if (!process.stdin.isTTY) return evaluateLines(words);
  console.log(dim(Object.keys(words).join(' ')));
  const repl = start();
  Object.assign(repl.context, words);
  repl.setupHistory(history, () => {});
  await once(repl, 'exit');
}

/** Waits for each line before it takes the next, which the shell of Node does on terminals only. */
async function evaluateLines(words: Readonly<Record<string, unknown>>): Promise<void> {
  const streams = { input: new PassThrough(), output: process.stdout };
  const repl = start({ ...streams, prompt: '', terminal: false });
  Object.assign(repl.context, words);
  const prompt = repl.displayPrompt.bind(repl);
  repl.displayPrompt = (preserveCursor) => {
    prompt(preserveCursor);
    repl.emit('evaluated');
  };
  const ended = once(repl, 'exit');
  for await (const line of createInterface({ input: process.stdin })) {
    const evaluated = once(repl, 'evaluated');
    repl.emit('line', line);
    await Promise.race([evaluated, ended]);
  }
  repl.close();
  await ended;
}
