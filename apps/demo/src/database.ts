import { database } from '@vivace/sql';
import { Instrument, Member } from './entities.js';

export const db = database({ entities: [Member, Instrument] });
