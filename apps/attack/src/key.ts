/** What the attacked server signs tokens with: the suite makes some of its own. */
export const KEY = '2f0c3f5b9c1d4e6a8b7d0e1f2a3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e';
