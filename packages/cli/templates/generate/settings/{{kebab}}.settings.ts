import type { int } from 'vivace';
import { Settings } from 'vivace/settings';

/** Read from the environment: {{constant}}_PAGE_SIZE; injected by its type. */
@Settings({ prefix: '{{constant}}_' })
export class {{pascal}}Settings {
  pageSize: int = 20;
}
