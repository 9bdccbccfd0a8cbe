// What `cita certs` answers about a list of certificates, asked of DuckDB: how many were late and how late, the worst, duplicates.
//
//   NODE_PATH=FOLDER/node_modules node tests/bench/lists_duckdb.mjs LIST THREADS
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(`${resolve(process.env.NODE_PATH)}/x.js`);
const { DuckDBInstance } = require("@duckdb/node-api");
const [list, threads] = process.argv.slice(2);
const instance = await DuckDBInstance.create(":memory:", { threads });
const connection = await instance.connect();
await connection.run("SET preserve_insertion_order = false");
await connection.run(`
  CREATE TEMP TABLE list AS
  SELECT certificate, epoch(revoked - TIMESTAMP '2026-03-21 00:00:00')::INTEGER AS late
  FROM read_csv('${list.replaceAll("'", "''")}', auto_detect = false, header = true, delim = ',', quote = '"', columns = {
    precertificate: 'VARCHAR', certificate: 'VARCHAR', subject: 'VARCHAR', issuer: 'VARCHAR', not_before: 'TIMESTAMP',
    not_after: 'TIMESTAMP', serial: 'VARCHAR', names: 'VARCHAR', is_revoked: 'VARCHAR', revoked: 'TIMESTAMP', reason: 'VARCHAR'})`);
for (const question of [
  `SELECT count(*), count(*) FILTER (late > 0), quantile_disc(late, [0.5, 0.9, 0.99]) FILTER (late > 0), max(late) FROM list`,
  `SELECT certificate, late FROM list ORDER BY late DESC LIMIT 5`,
  `SELECT count(*), sum(n - 1) FROM (SELECT count(*) AS n FROM list GROUP BY certificate HAVING n > 1)`,
])
  console.log(String(await (await connection.run(question)).getRows()));
