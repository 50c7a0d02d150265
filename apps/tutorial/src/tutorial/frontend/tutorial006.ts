import { Vivace } from 'vivace';

export const app = new Vivace().static('/', 'dist', { fallback: 'index.html' });
