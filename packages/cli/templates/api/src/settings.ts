import { MinLength } from 'class-validator';
import { Secret, type int } from 'vivace';
import { Settings } from 'vivace/settings';

/** Read from the environment, behind the prefix, and from `.env`; all that is missing or wrong is said at once at boot. */
@Settings({ prefix: 'API_', envFile: '.env' })
export class ApiSettings {
  /** Production does not start with a default of the program. */
  @MinLength(32) tokenSecret: Secret = new Secret('for development only, never in production');
  tokenSeconds: int = 1800;
  origins: string[] = [];
  docs: boolean = true;
}
