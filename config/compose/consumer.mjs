// A consumer that knows nothing of signatures: it says what it got and answers 200.
import { createServer } from "node:http";

const server = createServer((request, response) => {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    console.log(`${request.method} ${request.url} verified=${request.headers["x-webhook-verified"]} ${Buffer.concat(pieces)}`);
    response.end("OK");
  });
});
server.listen(Number(process.env.PORT ?? 5000), () => console.log(`Listening on ${server.address().port}`));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
