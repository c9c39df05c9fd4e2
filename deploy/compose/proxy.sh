#!/bin/sh
# The proxy's configuration is that of deploy/nginx.conf, with the web server's name among the containers.
set -eu
sed 's#http://127.0.0.1:8000#http://web:8000#; s#/var/log/nginx/casustafel.log#/dev/stdout#; s#/var/log/nginx/casustafel-error.log#/dev/stderr#' \
  /etc/nginx/conf.d/default.conf.template > /etc/nginx/conf.d/default.conf
