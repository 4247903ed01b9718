// Serves Blob Storage on a port of its own until its input ends, with an empty container `web`; prints the port.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";

// The account of the emulator, which is the same everywhere (https://learn.microsoft.com/azure/storage/common/storage-use-azurite).
const ACCOUNT = "devstoreaccount1";
const KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const program = fileURLToPath(new URL("node_modules/.bin/azurite-blob", import.meta.url));
const server = spawn(program, ["--silent", "--inMemoryPersistence", "--skipApiVersionCheck", "--blobPort", String(port)], { stdio: "ignore" });
process.stdin.resume().on("end", () => server.kill());
server.on("exit", () => process.exit());

const client = new BlobServiceClient(`http://127.0.0.1:${port}/${ACCOUNT}`, new StorageSharedKeyCredential(ACCOUNT, KEY), {
  retryOptions: { maxTries: 1 },
});
for (let tries = 0; ; tries++) {
  try {
    await client.createContainer("web");
    break;
  } catch (error) {
    if (tries > 200) throw error;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
console.log(port);
