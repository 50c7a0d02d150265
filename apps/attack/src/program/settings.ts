import { Secret, type int } from 'vivace';
import { Settings } from 'vivace/settings';

@Settings({ prefix: 'ATTACK_' })
export class AttackSettings {
  jwtKey!: Secret;
  pageSize: int = 20;
}
