/** A session was used after the request, job or message that it belonged to. */
export class SessionClosed extends Error {
  readonly code = 'SESSION_CLOSED';

  constructor() {
    super(
      'SESSION_CLOSED: this session has ended with its request, job or message. ' +
        'Work that goes on takes a session of its own: `server.run(job)`.',
    );
    this.name = 'SessionClosed';
  }
}
