import { keepTables } from '@vivace/sql';
import { makeTables } from './tables';

keepTables({ name: '@vivace/queue', make: makeTables });
