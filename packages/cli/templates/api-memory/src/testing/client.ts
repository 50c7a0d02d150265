import { testClient, type TestClient } from 'vivace/testing';
import { app } from '../app.js';

/** A client of an application that nobody has used before. */
export const newClient = (): Promise<TestClient> => testClient(app);
