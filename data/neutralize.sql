-- A copy of a database must neither send to the real books nor spend their token.
DELETE FROM xero_token;
UPDATE xero_connection
   SET state = CASE WHEN tenant_id IS NULL THEN 'draft' ELSE 'broken' END,
       state_message = 'This database is a copy: connect it to another organisation.',
       client_id = NULL,
       client_secret_stored = NULL,
       webhook_key_stored = NULL,
       oauth_nonce = NULL;
