import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Behaviour, Operation, Program, Request } from './description';
import { HOME, python } from './environment';
import { jsonOf } from './json';
import { pythonOf } from './render/python';

/** FastAPI in a process of its own, which runs one program after the other. */
export class FastApi implements Disposable {
  readonly #process: ChildProcess;
  readonly #waiting: ((line: string) => void)[] = [];
  #ended: Error | undefined;

  constructor() {
    const worker = join(HOME, 'python/worker.py');
    this.#process = spawn(python(), ['-W', 'ignore', worker], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' },
    });
    createInterface({ input: this.#process.stdout! }).on('line', (line) =>
      this.#waiting.shift()?.(line),
    );
    this.#process.on('exit', (code) => {
      this.#ended = new Error(`Python has ended with ${code}`);
      for (const resolve of this.#waiting.splice(0)) resolve('');
    });
  }

  /** Starts a program, sends its requests, and asks for its document. */
  async run(program: Program): Promise<Behaviour> {
    const outcome = (await this.#ask({
      source: pythonOf(program),
      requests: program.operations.map((operation) =>
        operation.requests.map((request) => sent(operation, request)),
      ),
    })) as Behaviour;
    if ('boot' in outcome) return outcome;
    return {
      document: outcome.document,
      answers: outcome.answers.map((group) =>
        group.map(({ status, body }) => ({ status, body: jsonOf(body as string) })),
      ),
    };
  }

  /** Texts as Python understands them; null for one that does not have the form. */
  async canonical(texts: readonly (readonly [kind: string, text: string])[]): Promise<string[]> {
    return (await this.#ask({ canonical: texts })) as string[];
  }

  async #ask(question: unknown): Promise<unknown> {
    if (this.#ended !== undefined) throw this.#ended;
    const line = await new Promise<string>((resolve) => {
      this.#waiting.push(resolve);
      this.#process.stdin!.write(`${JSON.stringify(question)}\n`);
    });
    if (line === '') throw this.#ended;
    return JSON.parse(line);
  }

  [Symbol.dispose](): void {
    this.#process.stdin!.end();
  }
}

function sent({ method }: Operation, { url, headers = [], body = '' }: Request) {
  return { method, url, headers, body };
}
