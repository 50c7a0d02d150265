import { enableCompileCache } from 'node:module';

// The first import of each process of ours: what is loaded after it need not be compiled at the next start.
enableCompileCache();
