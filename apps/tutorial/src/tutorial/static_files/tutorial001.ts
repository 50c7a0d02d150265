import { Vivace } from 'vivace';

export const app = new Vivace().static('/static', 'static');
