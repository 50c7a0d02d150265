import { keepTables } from '@vivace/sql';
import { makeTables } from './tables';

keepTables({ name: '@vivace/events', make: makeTables });
