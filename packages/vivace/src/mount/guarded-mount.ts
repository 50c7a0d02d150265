import { guarded, lettingGo, type Guard } from '../http/guarding';
import type { MountRequest, Mount } from '../http/mounted-apps';
import type { Response } from '../responses/response';

/** Asks guards before a mount looks for anything, so that nobody hears what is there. */
export class GuardedMount implements Mount {
  readonly path: string;
  readonly host: RegExp | undefined;
  readonly #mount: Mount;
  readonly #guards: readonly Guard[];

  constructor(mount: Mount, guards: readonly Guard[]) {
    this.path = mount.path;
    this.host = mount.host;
    this.#mount = mount;
    this.#guards = guards.length === 0 ? guards : [...guards, lettingGo];
  }

  answer(asked: MountRequest): Promise<Response> {
    return guarded(this.#guards, asked.request, asked.exchange, () => this.#mount.answer(asked));
  }
}
