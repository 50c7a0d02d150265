#!/usr/bin/env bash
# A real Apache Kafka broker (KRaft, one node) for tests. It needs a JDK (17 or newer) and Maven.
#
#   kafka-broker.sh install            fetches the jars (44 MB, once) and makes the class archive that halves the start
#   kafka-broker.sh start [port]       starts on 127.0.0.1:port (9092; 0: a free one), prints the address when it answers; 60 s at most
#   kafka-broker.sh stop [port]        stops what `start` started, and removes its data
#   kafka-broker.sh pause|resume [port]  freezes and thaws it, for tests of a slow broker (SIGSTOP, SIGCONT)
#   kafka-broker.sh crash|restart [port]  kills it (SIGKILL) and starts it again on the data it left
#
# KAFKA_VERSION (4.3.0), KAFKA_HOME (where jars are kept), KAFKA_DATA (where data of the running broker is kept), KAFKA_HEAP (384m).
# KAFKA_USER=name:password lets in nobody else, over TLS alone: by PLAIN or SCRAM, with certificate.pem among the data.
set -euo pipefail

version=${KAFKA_VERSION:-4.3.0}
home=${KAFKA_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/vivace-kafka/$version}
command=${1:-start}
free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
free_pair() { # below those that the system gives to clients
  local first=0
  until [ $first != 0 ] && free $first && free $((first + 1)); do first=$((20000 + RANDOM % 10000)); done
  echo $first
}
port=${2:-9092}
[ "$port" != 0 ] || port=$(free_pair)
data=${KAFKA_DATA:-${TMPDIR:-/tmp}/vivace-kafka-$port}
cluster=vivaceKafkaForTests0aQ # any 22 characters of base64: a fixed one saves the start of a JVM
archive=$home/classes.jsa
jvm=(-Xmx"${KAFKA_HEAP:-384m}" -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC)

for tool in java mvn; do command -v $tool >/dev/null || { echo "kafka-broker: $tool is missing: install a JDK (17 or newer) and Maven" >&2; exit 1; }; done

say() { echo "kafka-broker: $*" >&2; }
classpath() { printf '%s:' "$home"/libs/*.jar; }

fetch() {
  [ -e "$home/libs/.complete" ] && return
  mkdir -p "$home/libs"
  cat >"$home/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>vivace</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$version</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
XML
  (cd "$home" && mvn -q -B dependency:copy-dependencies -DoutputDirectory="$home/libs" -DincludeScope=runtime) >&2
  touch "$home/libs/.complete"
}

configure() {
  rm -rf "$data" && mkdir -p "$data"
  local protocol=PLAINTEXT users=()
  [ -z "${KAFKA_USER:-}" ] || protocol=SASL_SSL
  cat >"$data/server.properties" <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$((port + 1))
listeners=CLIENTS://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 1))
advertised.listeners=CLIENTS://127.0.0.1:$port
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENTS
listener.security.protocol.map=CONTROLLER:PLAINTEXT,CLIENTS:$protocol
log.dirs=$data/logs
num.partitions=3
auto.create.topics.enable=false
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
num.network.threads=2
num.io.threads=2
log.cleaner.enable=false
PROPERTIES
  mkdir -p "$data/logs"
  [ $protocol = PLAINTEXT ] || secure
  java "${jvm[@]}" "$@" -cp "$(classpath)" kafka.tools.StorageTool format -t "$cluster" -c "$data/server.properties" "${users[@]}" >"$data/format.log" 2>&1 ||
    { cat "$data/format.log" >&2; exit 1; }
}

secure() { # sets users
  local name=${KAFKA_USER%%:*} password=${KAFKA_USER#*:} mechanism
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$data/key.pem" -out "$data/certificate.pem" 2>/dev/null
  cat "$data/key.pem" "$data/certificate.pem" >"$data/keystore.pem"
  cat >>"$data/server.properties" <<PROPERTIES
ssl.keystore.type=PEM
ssl.keystore.location=$data/keystore.pem
ssl.truststore.type=PEM
ssl.truststore.location=$data/certificate.pem
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=PLAIN
listener.name.clients.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="$name" password="$password" user_$name="$password";
PROPERTIES
  for mechanism in SCRAM-SHA-256 SCRAM-SHA-512; do
    users+=(--add-scram "$mechanism=[name=$name,password=$password]")
    echo "listener.name.clients.${mechanism,,}.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;" >>"$data/server.properties"
  done
}

answers() { ! free "$port"; }

launch() { # extra JVM options
  nohup java "${jvm[@]}" "$@" -cp "$(classpath)" kafka.Kafka "$data/server.properties" >"$data/broker.log" 2>&1 </dev/null &
  echo $! >"$data/pid"
  for _ in $(seq 1200); do
    answers && return
    kill -0 "$(cat "$data/pid")" 2>/dev/null || break
    sleep 0.05
  done
  say "it did not start:" && tail -20 "$data/broker.log" >&2
  exit 1
}

halt() {
  [ -e "$data/pid" ] || return 0
  local pid
  pid=$(cat "$data/pid")
  kill -CONT "$pid" 2>/dev/null || true
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 600); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
  kill -9 "$pid" 2>/dev/null || true
}

install() { # of several that start at the same time one does it, and the others wait
  [ -e "$archive" ] && return
  local lock=$home/installing
  mkdir -p "$home"
  until ln -s $$ "$lock" 2>/dev/null; do
    kill -0 "$(readlink "$lock")" 2>/dev/null || rm -f "$lock"
    sleep 0.2
  done
  trap 'rm -f "$home/installing"' EXIT
  fetch
  [ -e "$archive" ] || share
  rm -f "$lock"
  trap - EXIT
}

share() { # the classes of one short run, mapped into memory by every later one
  configure
  launch -XX:ArchiveClassesAtExit="$archive.part"
  halt
  rm -rf "$data"
  [ ! -e "$archive.part" ] || mv "$archive.part" "$archive"
}

case $command in
  install) install ;;
  start)
    if answers; then say "port $port is taken"; exit 1; fi
    install
    shared=()
    [ -e "$archive" ] && shared=(-XX:SharedArchiveFile="$archive")
    configure "${shared[@]}"
    launch "${shared[@]}"
    echo "127.0.0.1:$port"
    ;;
  stop) halt; rm -rf "$data" ;;
  crash) kill -9 "$(cat "$data/pid")" ;;
  restart)
    [ -e "$data/server.properties" ] || { say "nothing was started on port $port"; exit 1; }
    shared=()
    [ -e "$archive" ] && shared=(-XX:SharedArchiveFile="$archive")
    launch "${shared[@]}"
    echo "127.0.0.1:$port"
    ;;
  pause) kill -STOP "$(cat "$data/pid")" ;;
  resume) kill -CONT "$(cat "$data/pid")" ;;
  *) sed -n '2,10p' "$0" >&2; exit 2 ;;
esac
