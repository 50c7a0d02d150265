import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import {
  BackgroundTasks,
  Controller,
  Delete,
  Get,
  HTTPException,
  Post,
  Reply,
  Vivace,
  on,
  type int,
} from 'vivace';
import { FileResponse, JSONResponse, RedirectResponse, Response } from 'vivace/responses';

class Note {
  text!: string;
}
class NoteOut extends Note {
  id!: int;
}
class NotFound extends Error {}
class Problem {
  detail!: string;
}

const notes = new Map<number, NoteOut & { author: string }>();

async function record(line: string): Promise<void> {
  await appendFile('notes.log', `${line}\n`);
}

class CSVResponse extends Response {
  static override readonly media = 'text/csv';

  protected override render(rows: unknown): string {
    return (rows as unknown[][])
      .map((row) => row.map((cell) => JSON.stringify(cell)).join(','))
      .join('\n');
  }
}

@Controller('/notes', {
  exceptions: [
    on(NotFound, (error) => new JSONResponse({ detail: error.message }, { status: 404 })),
  ],
  responses: { 404: { response: Problem, description: 'There is no such note' } },
})
class Notes {
  @Post('/', { status: 201 })
  create(note: Note, reply: Reply, tasks: BackgroundTasks): NoteOut {
    const created = { ...note, id: notes.size + 1, author: 'ann' };
    notes.set(created.id, created);
    reply.headers.set('location', `/notes/${created.id}`);
    reply.setCookie('last', String(created.id), { httpOnly: true });
    tasks.add(record, `created ${created.id}`);
    return created;
  }

  @Get('/table', { responseClass: CSVResponse })
  table() {
    return [['id', 'text'], ...[...notes.values()].map(({ id, text }) => [id, text])];
  }

  @Get('/:id')
  read(id: int): NoteOut {
    const note = notes.get(id);
    if (note === undefined) throw new NotFound(`no note ${id}`);
    return note;
  }

  @Get('/:id/file')
  async download(id: int): Promise<FileResponse> {
    await mkdir('files', { recursive: true });
    await writeFile(`files/${id}.txt`, this.read(id).text);
    return new FileResponse(`files/${id}.txt`, { filename: `Note ${id}.txt` });
  }

  @Get('/')
  latest(): RedirectResponse {
    if (notes.size === 0)
      throw new HTTPException(409, 'write one first', { headers: { 'retry-after': '60' } });
    return new RedirectResponse(`/notes/${notes.size}`, { status: 303 });
  }

  @Delete('/:id', { status: 204 })
  remove(id: int): void {
    if (!notes.delete(id)) throw new NotFound(`no note ${id}`);
  }
}

export const app = new Vivace({ controllers: [Notes] });
