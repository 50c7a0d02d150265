import { Controller, Depends, Get, HTTPException, Vivace } from 'vivace';
import { HTTPBearer, type HTTPCredentials } from 'vivace/security';

class HTTPBearer403 extends HTTPBearer {
  override reject(detail: unknown = 'Not authenticated'): HTTPException {
    return new HTTPException(403, detail);
  }
}

const scheme = new HTTPBearer403();

@Controller('/me')
class Me {
  @Get()
  read_me(@Depends(scheme) credentials: HTTPCredentials) {
    return { message: 'You are authenticated', token: credentials.credentials };
  }
}

export const app = new Vivace({ controllers: [Me] });
