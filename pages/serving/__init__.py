"""What wraps every request: headers, compression, the page before the page, cookies, health and dead ends."""
