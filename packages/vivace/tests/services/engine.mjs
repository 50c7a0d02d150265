// A server as a database is one: it writes its pid file into its folder and tells who asks that it is there.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const [folder, port] = process.argv.slice(2);
const server = createServer((socket) => socket.on('error', () => {}).end(String(process.pid)));
server.listen(Number(port), '127.0.0.1', () => {
  writeFileSync(join(folder, 'port'), String(server.address().port));
  writeFileSync(join(folder, 'pid'), String(process.pid));
  process.send('ready');
  process.disconnect();
});
