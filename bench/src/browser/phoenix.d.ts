/** As much of it as the page uses; it comes without types. */
declare module "phoenix" {
  export class Socket {
    constructor(url: string);
    connect(): void;
  }
}
