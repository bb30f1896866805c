-- KEYS: all relations. Answers how many there are.
return {redis.call('HLEN', KEYS[1])}
