import { storeContract } from 'vivace/testing';
import { MapStore } from './map-store';

for (const [name, check] of Object.entries(storeContract(() => new MapStore()))) test(name, check);
