import type { Override } from 'vivace';
import { testClient, type TestClient } from 'vivace/testing';
import { testDatabase } from '@vivace/sql/testing';
import { app } from '../app.js';
import { db } from '../database.js';

const database = testDatabase(db);

/** A client of the application; what its test writes is rolled back. */
export const newClient = (...overrides: readonly Override[]): Promise<TestClient> =>
  testClient(app, { overrides: [database.rollback(), ...overrides] });
