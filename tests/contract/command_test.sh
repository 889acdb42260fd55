#!/usr/bin/env bash
# The koinon command: exit codes, the shape of --json, what it says when something is wrong.
#
#   tests/contract/command_test.sh KOINON
set -uo pipefail

koinon="$(realpath "${1:?usage: tests/contract/command_test.sh KOINON}")"
work="$(mktemp -d "${TMPDIR:-/tmp}/koinon-command.XXXXXX")"
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
unset KOINON_CATALOGUE KOINON_THESAURUS KOINON_THESAURUS_ALONE
passed=0
failed=0

result() {  # 0 or 1, what
  if [ "$1" -eq 0 ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$2"
    sed 's/^/    out| /' out
    sed 's/^/    err| /' err
  fi
}

# expect CODE ARGUMENTS...: runs koinon into the files out and err.
expect() {
  local wanted="$1" code=0
  shift
  "$koinon" "$@" >out 2>err </dev/null || code=$?
  [ "$code" -eq "$wanted" ]
  result $? "koinon $* ends with $code, not $wanted"
}

out_has() { grep -qF -- "$1" out; result $? "output has: $1"; }
out_lacks() { ! grep -qF -- "$1" out; result $? "output lacks: $1"; }
err_has() { grep -qF -- "$1" err; result $? "standard error has: $1"; }
err_empty() { [ ! -s err ]; result $? 'standard error is empty'; }

# json EXPRESSION: out is one JSON value `d` for which the Python expression holds.
json() {
  python3 -c 'import json, sys; d = json.load(open("out")); sys.exit(0 if eval(sys.argv[1]) else 1)' "$1" 2>>err
  result $? "JSON: $1"
}

cat >good.jsonl <<'LINES'
{"id":"org-a","kind":"organisation","record":{"names":[{"language":"fi","text":"Asuntosäätiö"}],"kind":"ngo"}}
{"id":"org-b","kind":"organisation","record":{"names":[{"language":"en","text":"Housing Together"}]}}
{"id":"prj-1","kind":"project","record":{"titles":[{"language":"en","text":"Homes first"}],"period":{"from":"2016","to":"2019"},"participations":[{"organisation":"org-a","role":"coordinator"},{"organisation":"org-b","role":"partner"}]}}
{"id":"ini-1","kind":"initiative","record":{"names":[{"language":"en","text":"Homes first"}],"stage":"scaling"}}
{"id":"case-1","kind":"case-study","record":{"initiative":"ini-1","state":"published","title":[{"language":"en","text":"A home for young homeless people"}],"problem":[{"language":"en","text":"Young homeless people wait for years."}],"locations":[{"role":"implementation","country":"FI"}],"lead_organisation":"org-a","participations":[{"organisation":"org-a","role":"coordinator"}]}}
{"id":"case-2","kind":"case-study","record":{"initiative":"ini-1","state":"draft","title":[{"language":"en","text":"A homeless draft"}]}}
LINES
cat >bad.jsonl <<'LINES'
{"id":"org-c","kind":"organisation","record":{"names":[{"language":"en","text":"C"}]}}
{"id":"org-d","kind":"organisation","record":{"names":[{"language":"en","text":"D"}],"kind":"no-such-kind"}}
LINES
c=(--catalogue "$work/a.koinon")

# Wrong use: 2, and what to do.
expect 2; err_has 'koinon help'
expect 2 serach homes; err_has 'did you mean search?'
expect 2 "${c[@]}" search --limt 3 homes; err_has 'did you mean --limit?'
expect 2 "${c[@]}" search --limit; err_has '--limit needs a value'
expect 2 "${c[@]}" search --limit three homes; err_has 'whole number'
expect 2 "${c[@]}" show; err_has 'show needs ID'
expect 2 "${c[@]}" show a b; err_has 'cannot use "b"'
expect 2 show org-a; err_has 'KOINON_CATALOGUE'
expect 2 "${c[@]}" search --filter contry=FI; err_has 'did you mean country?'
expect 2 "${c[@]}" search --filter country; err_has 'FIELD=CODE'
expect 2 "${c[@]}" search --exclude contry=FI; err_has 'did you mean country?'
expect 2 "${c[@]}" search --exclude country=; err_has 'names no code'
expect 2 "${c[@]}" search --sort bugdet; err_has 'did you mean budget?'
expect 2 "${c[@]}" search --rising; err_has '--sort FIELD'
expect 2 "${c[@]}" search --deadline soon; err_has '--deadline needs seconds'
expect 2 "${c[@]}" search --deadline inf; err_has '--deadline'
expect 2 "${c[@]}" explain; err_has 'explain needs ID'
expect 2 "${c[@]}" alert; err_has 'did you mean alerts?'
expect 2 "${c[@]}" alerts; err_has 'alerts needs FILE'
expect 2 "${c[@]}" quarantine; err_has 'list, show, retry, discard'
expect 2 "${c[@]}" import; err_has '--sample'
expect 2 "${c[@]}" import --from 3 a b; err_has 'one file'
expect 2 help serach; err_has 'did you mean search?'
expect 2 "${c[@]}" show --json=yes a; err_has 'takes no value'

# Without a catalogue.
expect 0 version; out_has 'koinon 20'
expect 0 --version; out_has 'koinon 20'
expect 0 version --json; json '"version" in d'
expect 0 help; out_has 'import FILE...'; out_has 'Exit codes'
expect 0 --help; out_has 'Commands'
expect 0 help search; out_has '--facet FIELD'; out_has '--request FILE'; out_has 'budget'
expect 0 help explain; out_has 'explain ID TEXT...'; out_has '--filter FIELD=CODE'
expect 0 help alerts; out_has '--after N'
expect 0 help quarantine; out_has 'quarantine retry ROW'
expect 0 help quarantine show; out_has 'original bytes'
expect 0 search --help; out_has '--language L'
expect 0 formats; out_has 'koinon'
expect 0 formats --json; json 'any(f["name"] == "koinon" for f in d)'
expect 1 "${c[@]}" search homes; err_has 'there is no catalogue'; err_has 'import FILE'
[ ! -e a.koinon ]; result $? 'a question makes no catalogue'

# Lives.
cat >lives.jsonl <<'LINES'
{"id":"ini-l","kind":"initiative","record":{"names":[{"language":"en","text":"Homes first"}]}}
{"id":"case-l","kind":"case-study","record":{"initiative":"ini-l","state":"draft","title":[{"language":"en","text":"Homes for some"}],"locations":[{"country":"FI"}]}}
{"id":"call-l","kind":"call","record":{"titles":[{"language":"en","text":"A call"}],"status":"upcoming","opening":"2026-03-01","deadlines":["2026-03-31"]}}
{"id":"exp-l","kind":"experiment","record":{"titles":[{"language":"en","text":"E"}],"features":["before-after"],"claimed_level":"4"}}
LINES
l=(--catalogue "$work/lives.koinon")
expect 0 "${l[@]}" import lives.jsonl; out_has 'stored       4'
expect 0 life-cycle; out_has 'case-study'
expect 0 life-cycle bid; out_has 'call-open'; out_has 'with a reason'
expect 0 life-cycle contribution --diagram; out_has 'stateDiagram-v2'
expect 0 life-cycle call --json; json 'd["initial"] == "draft" and d["edges"][0]["to"] == "upcoming"'
expect 1 life-cycle project; err_has 'there are bid, call'
expect 2 "${l[@]}" move case-l; err_has 'move needs ID STATE'
expect 1 "${l[@]}" move case-l submitted; err_has 'who takes it'
expect 0 "${l[@]}" move case-l submitted --by ann; out_has 'draft → submitted'; out_has 'by ann'
expect 1 "${l[@]}" move case-l published --by eva; err_has 'lead to national-review'
expect 1 "${l[@]}" move case-l national-review --by ann --country SE --json
json 'sorted(v["code"] for v in d["error"]["violations"]) == ["author", "other_country"]'
expect 0 "${l[@]}" next-steps case-l --by niina --country SE
out_has '✗ national-review'; out_has 'the case does not lie in Sweden'; out_has '→ somebody of Finland'
expect 0 "${l[@]}" next-steps case-l --by niina --country FI --json; json 'd["steps"][0]["allowed"]'
expect 1 "${l[@]}" next-steps ini-l; err_has 'no life cycle'
expect 1 "${l[@]}" move case-l national-review --by niina --country FI --version 1; err_has 'not 1'
expect 0 "${l[@]}" move case-l national-review --by niina --country Finland --version 2
expect 0 "${l[@]}" history case-l; out_has 'by niina'
expect 0 "${l[@]}" differences case-l 1 2; out_has '[-draft-] {+submitted+}'; out_has 'steps[0]'
expect 0 "${l[@]}" differences case-l --json; json 'd["from"]["version"] == 2 and d["to"]["by"] == "niina"'
expect 1 "${l[@]}" differences case-l 7; err_has 'no version 7'
expect 2 "${l[@]}" differences case-l first; err_has 'whole number'
expect 0 "${l[@]}" advance-calls --now 2026-02-28; out_has 'no call moved'
expect 0 "${l[@]}" advance-calls --now 2026-03-01; out_has 'upcoming → open'; out_has 'by clock'
expect 0 "${l[@]}" advance-calls --now 2026-03-31T23:59:59Z --json; json 'd["moved"] == []'
expect 0 "${l[@]}" advance-calls --now 2026-04-01 --json; json 'd["moved"][0]["to"] == "closed"'
expect 2 "${l[@]}" advance-calls --now soon; err_has '--now needs a day'
expect 0 "${l[@]}" check-design exp-l; out_has 'quasi-random'; out_has 'no controls'
expect 0 "${l[@]}" check-design exp-l --json; json 'd["reachable"] == "1"'
expect 0 "${l[@]}" check; out_has 'all is well'

# Import.
expect 1 "${c[@]}" import missing.jsonl; err_has 'koinon: missing.jsonl'
expect 0 "${c[@]}" import good.jsonl; out_has 'stored       6'; err_empty
expect 0 "${c[@]}" --json import good.jsonl; err_empty
json 'd["read"] == d["stored"] + d["unchanged"] + d["quarantined"] and d["unchanged"] == 6'
json 'd["reasons"] == [] and d["complete"] and d["format"] == "koinon"'
expect 0 "${c[@]}" import --json bad.jsonl
json 'd["stored"] == 1 and d["quarantined"] == 1 and d["reasons"][0]["code"] == "unknown_code"'
expect 3 "${c[@]}" import --strict bad.jsonl; out_has 'quarantine list'
expect 0 "${c[@]}" import --json good.jsonl bad.jsonl
json 'd["read"] == 8 and len(d["files"]) == 2 and d["reasons"][0]["file"].endswith("bad.jsonl")'
expect 1 "${c[@]}" import --json good.jsonl missing.jsonl
json 'd["read"] == 6 and d["files"][1]["error"]["name"] == "KN_E_NOT_FOUND"'
expect 1 "${c[@]}" import --format papyrus good.jsonl; err_has 'papyrus'
expect 1 "${c[@]}" import --format papyrus --json good.jsonl; json '"error" in d'
expect 0 "${c[@]}" import --json --from 5 good.jsonl; json 'd["read"] == 1'
expect 0 --catalogue sample.koinon import --sample --json; json 'd["stored"] > 50'

# Concepts: those of the bundled thesaurus, and the user's own.
cat >own.ttl <<'TURTLE'
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://portal.example/> .
:homes skos:prefLabel "homes first"@en, "koti ensin"@fi ; skos:altLabel "bare" .
TURTLE
own=(--thesaurus own.ttl --thesaurus-alone)
expect 0 "${c[@]}" concept eurovoc:1690 --language 'fi'; out_has 'asuminen'; out_has 'narrower'
expect 0 "${c[@]}" concept --json eurovoc:1690; json 'd["label"] == "housing" and d["narrower"][0]["uri"]'
expect 1 "${c[@]}" concept nothing; err_has "no concept 'nothing'"
expect 2 "${c[@]}" concept; err_has 'concept needs URI'
expect 0 "${c[@]}" thesaurus; out_has 'EuroVoc'; out_lacks 'problem'
expect 0 --catalogue sample.koinon search housing --facet concept --language 'fi'; out_has 'asuminen (eurovoc:1690)'
expect 0 "${own[@]}" "${c[@]}" search homes --language 'fi' --facet concept
out_has 'koti ensin (https://portal.example/homes)'
expect 0 "${c[@]}" "${own[@]}" thesaurus; out_has 'no_language'; out_has 'own.ttl:3'
expect 0 "${c[@]}" "${own[@]}" thesaurus --json; json 'd["own"] == 1 and not d["bundled"] and d["kept"]'
export KOINON_THESAURUS="$work/own.ttl" KOINON_THESAURUS_ALONE=1
expect 0 "${c[@]}" concept https://portal.example/homes; out_has 'homes first'
unset KOINON_THESAURUS
expect 2 "${c[@]}" concept eurovoc:1690; err_has '--thesaurus FILE'
export KOINON_THESAURUS_ALONE=0
expect 0 "${c[@]}" concept eurovoc:1690
unset KOINON_THESAURUS_ALONE
expect 1 "${c[@]}" --thesaurus missing.ttl search homes; err_has 'missing.ttl: no such file'
expect 1 "${c[@]}" --thesaurus good.jsonl search homes; err_has 'RDF/XML, Turtle and N-Triples'

# Search.
expect 0 "${c[@]}" search homeless; out_has '1. '; out_has '*homeless*'; out_has 'case study · FI'; err_empty
out_lacks $'\033'
expect 0 "${c[@]}" search --json homeless
json 'd["total"] == 1 and d["hits"][0]["id"] == "case-1" and d["hits"][0]["snippet"]["marks"]'
expect 0 "${c[@]}" search --json --all-states homeless; json 'd["total"] == 2'
expect 0 "${c[@]}" search homeless -draft --all-states --json; json 'd["total"] == 1'
expect 0 "${c[@]}" search --json --filter kind=project,initiative --facet kind
json 'd["total"] == 2 and d["facets"][0]["field"] == "kind"'
expect 0 "${c[@]}" search --facet country --facet kind; out_has '█'; out_has 'Finland'
expect 0 "${c[@]}" search --limit 1 --offset 1 --json; json 'len(d["hits"]) == 1 and d["total"] == 6'
expect 0 "${c[@]}" search zzzz; out_has 'Nothing found'
KOINON_CATALOGUE="$work/a.koinon" expect 0 search homeless --json; json 'd["total"] == 1'
expect 0 "${c[@]}" search homelss; out_has 'did you mean: homeless'
expect 0 "${c[@]}" search --json homelss; json 'd["suggestion"] == "homeless" and d["late"] is False and d["cut"] == []'
expect 0 "${c[@]}" search --json --exclude kind=organisation,case-study; json 'd["total"] == 2'
expect 0 "${c[@]}" search --json --sort start --limit 1; json 'd["hits"][0]["id"] == "prj-1"'
expect 0 "${c[@]}" search --json --sort end --rising --limit 1; json 'd["hits"][0]["id"] == "prj-1"'
expect 0 "${c[@]}" search --json --all-states --group homeless home
json 'd["hits"][0]["group"] == "ini-1" and d["hits"][0]["grouped"] >= 2'
expect 0 "${c[@]}" search --all-states --group homeless home; out_has 'more of ini-1'
expect 0 "${c[@]}" search --json --all-states --like case-1; json '"case-1" not in [h["id"] for h in d["hits"]] and d["total"] >= 1'
expect 1 "${c[@]}" search --like nobody; err_has 'nobody'
expect 0 "${c[@]}" search --json --filter kind=project --facet kind; json 'd["facets"][0]["distinct"] == 1'
expect 0 "${c[@]}" search --json --filter kind=project --facet kind --multi-select; json 'd["facets"][0]["distinct"] == 4'
expect 0 "${c[@]}" search --deadline 0.000000001 homeless; out_has 'The time was up'
expect 0 "${c[@]}" search --json --deadline 60 homeless; json 'd["total"] == 1 and not d["late"]'
expect 0 "${c[@]}" search --json --limit 18446744073709551615; json 'len(d["hits"]) == 6'
expect 1 "${c[@]}" search $'caf\xE9'; err_has 'UTF-8'

# A request in a file: what else is given takes the place of its parts.
printf '%s' '{"text":"homeless","limit":1,"offset":1,"unpublished":true,"filters":[{"field":"kind","any_of":["case-study"]}]}' >request.json
expect 0 "${c[@]}" search --request request.json; out_has '2. '; out_lacks '1. '
expect 0 "${c[@]}" search --json --request request.json --offset 0 homes --filter kind=project
json '[h["id"] for h in d["hits"]] == ["prj-1"]'
"$koinon" "${c[@]}" search --json --request - <request.json >out 2>err; result $? 'a request from standard input'
json 'd["total"] == 2 and len(d["hits"]) == 1'
expect 1 "${c[@]}" search --request missing.json; err_has 'missing.json'
printf '%s' '{"limt":1,"sort":2}' >wrong.json
expect 1 "${c[@]}" search --json --request wrong.json; err_has 'limt: is not known'
json '[(v["path"], v["code"]) for v in d["error"]["violations"]] == [("limt", "unknown_field"), ("sort", "wrong_type")]'
printf '%s' 'no JSON' >wrong.json
expect 1 "${c[@]}" search --request wrong.json homes; err_has 'is not JSON'
python3 -c 'print("{\"query\":" + "{\"all\":[" * 100000)' >wrong.json
expect 1 "${c[@]}" search --request wrong.json; err_has 'is not JSON'
python3 -c 'print("{\"query\":" + "{\"all\":[" * 100000 + "]}" * 100000 + "}")' >wrong.json
expect 1 "${c[@]}" search --request wrong.json; err_has 'one inside the other'

# Explain.
expect 0 "${c[@]}" explain case-1 homeless zebras -prison; out_has 'A home for young homeless people'
out_has 'place 1'; out_has '86 %'; out_has '█'; out_has 'not in it'; out_has '-prison'; err_empty
out_lacks $'\033'
expect 0 "${c[@]}" explain case-1 --json homeless
json 'd["found"] and d["rank"] == 1 and abs(sum(p["score"] for p in d["parts"]) - d["score"]) < 1e-6 and d["reasons"] == []'
expect 0 "${c[@]}" explain case-2 homeless; out_has 'not in the answer'; out_has 'draft: '; out_lacks ' %'
expect 0 "${c[@]}" explain case-2 --all-states homeless; out_has 'in the answer'
expect 0 "${c[@]}" explain --json case-1 homeless --filter country=SE; json 'd["reasons"][0]["code"] == "filtered-out"'
expect 0 "${c[@]}" explain --json --request request.json case-1; json 'd["found"]'
expect 0 "${c[@]}" explain nobody homeless; out_has 'not-there'
expect 1 "${c[@]}" explain --json case-1 --like nobody; json 'd["error"]["name"] == "KN_E_NOT_FOUND"'

# Alerts.
printf '%s' '[{"name":"homes","request":{"text":"homes"}},{"name":"ngos","request":{"filters":[{"field":"organisation-kind","any_of":["ngo"]}]}}]' >saved.json
expect 0 "${c[@]}" alerts saved.json; out_has 'org-a'; out_has 'ngos'; out_has 'alerts saved.json --after 7'
expect 0 "${c[@]}" alerts saved.json --after 2 --json
json 'd["change"] == 7 and [(a["record"], a["search"]) for a in d["alerts"]][0] == ("prj-1", "homes")'
expect 0 "${c[@]}" alerts saved.json --after 7; out_has 'Nothing new'
"$koinon" "${c[@]}" alerts - --json <saved.json >out 2>err; result $? 'saved searches from standard input'
json 'len(d["alerts"]) >= 2'
expect 1 "${c[@]}" alerts missing.json; err_has 'missing.json'
expect 1 "${c[@]}" alerts --json request.json; json 'd["error"]["name"] == "KN_E_INVALID_ARGUMENT"'
expect 2 "${c[@]}" alerts saved.json --after soon; err_has 'whole number'

# Show, history, follow.
expect 0 "${c[@]}" show case-1; out_has 'Problem'; out_has 'Homes first (ini-1)'; out_has 'Asuntosäätiö (org-a)'
out_has 'Finland'
expect 0 "${c[@]}" show case-1 --json; json 'd["record"]["state"] == "published" and d["version"] == 1'
expect 0 "${c[@]}" show case-1 --version 1 --json; json 'd["id"] == "case-1"'
expect 1 "${c[@]}" show case-1 --version 9; err_has 'version'
expect 1 "${c[@]}" show nobody --json; json 'd["error"]["code"] == 2 and d["error"]["name"] == "KN_E_NOT_FOUND"'
err_has 'koinon: '
expect 0 "${c[@]}" history case-1; out_has 'v1'
expect 0 "${c[@]}" history case-1 --json; json 'd[0]["what"] == "put" and d[0]["record"]["state"] == "published"'
expect 0 "${c[@]}" follow --after 2 --limit 2 --json; json '[x["n"] for x in d] == [3, 4]'
expect 0 "${c[@]}" follow; out_has 'organisation'

# Partners, graph.
expect 0 "${c[@]}" partners org-a; out_has 'Housing Together'; out_has '2016–2019'; out_has 'Homes first'
expect 0 "${c[@]}" partners org-a --json; json 'd["partners"][0]["id"] == "org-b" and d["partners"][0]["shared"] == 1'
expect 1 "${c[@]}" partners nobody; err_has 'nobody'
expect 0 "${c[@]}" graph --json; json 'd["organisations"] == 2 and d["components"] == 1'
expect 0 "${c[@]}" graph; out_has '2 organisations'
expect 0 "${c[@]}" network partners; out_has 'Housing Together'
expect 0 "${c[@]}" network pagerank --json; json 'len(d["organisations"]) == 2 and d["about"]["pagerank_error"] < 1e-8'
expect 0 "${c[@]}" network works --until 2015 --dated --json; json 'd["organisations"] == []'
expect 0 "${c[@]}" network works --country FI --limit 1 --json; json 'len(d["organisations"]) <= 1'
expect 0 "${c[@]}" network works --kind NGO --json; json '[o["id"] for o in d["organisations"]] == ["org-a"]'
expect 0 "${c[@]}" network works --country GR --country Finland
expect 1 "${c[@]}" network works --country XX; err_has "countries: 'XX' is no country"
expect 1 "${c[@]}" network works --kind zzz; err_has 'public-authority'
expect 1 "${c[@]}" network works --programme zzz; err_has "programmes: 'zzz' is no programme"
expect 1 "${c[@]}" network beauty; err_has 'pagerank'
expect 0 "${c[@]}" network pagerank --json; json 'd["change"] == d["about"]["change"] > 0'
expect 0 "${c[@]}" network community; out_has '2 organisations, 100 % of their ties'; out_has 'Housing Together'; out_has 'modularity'
expect 0 "${c[@]}" network community --limit 1 --members 1 --json
json 'd["total"] == 1 and d["groups"][0]["size"] == 2 and len(d["groups"][0]["members"]) == 1 and d["change"] > 0'
expect 0 "${c[@]}" network component --json; json 'd["measure"] == "component" and d["groups"][0]["inside"] == 1'
expect 2 "${c[@]}" network community --lowest; err_has 'largest'
expect 0 "${c[@]}" network partners --show-kind NGO --json
json '[(o["id"], o["partners"]) for o in d["organisations"]] == [("org-a", 1)]'
expect 0 "${c[@]}" network partners --kind ngo --json; json '[o["partners"] for o in d["organisations"]] == [0]'
expect 0 "${c[@]}" network community --show-kind ngo; out_has 'Asuntosäätiö'; out_has '1 to show'
expect 0 "${c[@]}" network partners --show-country GR; out_has '0 to show'
expect 1 "${c[@]}" network partners --show-country XX; err_has "'XX' is no country"
expect 0 "${c[@]}" network betweenness --error 0.05 --seed 7; out_has 'exact'
expect 0 "${c[@]}" network pagerank --damping 0.5 --error 1e-6 --json; json 'd["about"]["pagerank_error"] < 1e-6'
expect 0 "${c[@]}" network community --resolution 2 --seed 3 --json; json 'd["total"] >= 1'
expect 2 "${c[@]}" network betweenness --error 1; err_has '--error wants a number between 0 and 1'
expect 2 "${c[@]}" network works --damping 0.5; err_has '--damping is of pagerank, not of works'
expect 1 "${c[@]}" network pagerank --damping 1; err_has 'damping is 1, but must be'
expect 0 "${c[@]}" coverage country kind --json; json 'd["change"] > 0'
expect 0 "${c[@]}" path org-a org-b --until 2030 --json; json 'd["change"] > 0'
expect 0 "${c[@]}" path org-a org-b --json; json 'd["change"] > 0'
expect 2 "${c[@]}" network works --until yesterday; err_has '2016-12-31'
expect 1 "${c[@]}" network works --until 2016-02-30; err_has 'no such day'
expect 0 "${c[@]}" export-network "$work/network.graphml" --measure partners; out_has '2 organisations in'
grep -q 'attr.name="partners"' "$work/network.graphml"
expect 0 "${c[@]}" export-network "$work/network.csv" --json; json 'd["organisations"] == 2'
grep -q '^"org-a","org-b",' "$work/network.csv"
grep -q '^"org-a","Housing Together' "$work/network.vertices.csv"
expect 0 "${c[@]}" export-network "$work/two" --format json --two-mode --until 2030
grep -q '"mode":"record"' "$work/two"
expect 1 "${c[@]}" export-network "$work/network.dot"; err_has 'graphml, gexf, json, csv'
expect 1 "${c[@]}" export-network "$work/network.csv" --measure beauty; err_has 'pagerank'
expect 0 "${c[@]}" path org-a org-b; out_has 'Homes first'
expect 0 "${c[@]}" path org-a org-b --json; json 'd["organisations"] == ["org-a", "org-b"]'
expect 1 "${c[@]}" path org-a org-b --until 2015-12; err_has 'takes no part'
expect 1 "${c[@]}" path org-a nobody; err_has 'nobody'
expect 0 "${c[@]}" path org-a org-b --strongest --json; json 'd["length"] == 1 and len(d["works"]) == 1'
expect 0 --catalogue sample.koinon coverage country theme; out_has 'Gaps'; out_has 'Most covered'
expect 0 --catalogue sample.koinon coverage country theme target-group --json; json 'd["total"] > 0 and d["axes"][2] == "target-group"'
expect 1 "${c[@]}" coverage country beauty; err_has 'target-group'
expect 2 "${c[@]}" coverage country; err_has 'coverage needs'

# Who is who.
who=(--catalogue who.koinon)
cat >who.jsonl <<'JSON'
{"id":"tu1","kind":"organisation","record":{"names":[{"language":"de","text":"TU Wien"}],"identifiers":[{"scheme":"pic","value":"999979888"}]}}
{"id":"tu2","kind":"organisation","record":{"names":[{"language":"de","text":"Technische Universität Wien"}],"identifiers":[{"scheme":"pic","value":"999979888"}]}}
{"id":"x","kind":"organisation","record":{"names":[{"language":"de","text":"X"}]}}
{"id":"p","kind":"project","record":{"titles":[{"language":"en","text":"Work"}],"participations":[{"organisation":"tu2","role":"coordinator"},{"organisation":"x","role":"partner"}]}}
JSON
expect 0 "${who[@]}" import who.jsonl
expect 0 "${who[@]}" match --dry-run; out_has 'would add 1 decision'; out_has 'same'; out_has 'rule:organisation-match'
expect 0 "${who[@]}" conflicts; out_has '0 pairs'
expect 0 "${who[@]}" match; out_has '1 pair taken for one'; out_has 'added 1 decision'
expect 0 "${who[@]}" match --json; json 'd["added"] == 0 and d["same"] == 1'
expect 0 "${who[@]}" identity tu2; out_has 'one of 2 records'; out_has '999979888'; out_has 'identifier-same'
expect 0 "${who[@]}" identity tu2 --json; json 'd["members"] == ["tu1", "tu2"]'
expect 0 "${who[@]}" partners x --json; json '[p["id"] for p in d["partners"]] == ["tu1"]'
expect 0 "${who[@]}" partners x --as-told --json; json '[p["id"] for p in d["partners"]] == ["tu2"]'
expect 0 "${who[@]}" network works --as-told --json; json '[o["id"] for o in d["organisations"]] == ["tu2", "x"]'
expect 0 "${who[@]}" decide tu1 tu2 different --reason 'two campuses' --by me --json; json 'd["id"].startswith("match-")'
decision="$(python3 -c 'import json; print(json.load(open("out"))["id"])')"
expect 0 "${who[@]}" identity tu2; out_has 'one record'; out_has 'two campuses'
expect 0 "${who[@]}" conflicts; out_has '0 pairs'
expect 0 "${who[@]}" undo "$decision"; out_has 'taken back'
expect 0 "${who[@]}" identity tu2 --json; json 'd["members"] == ["tu1", "tu2"]'
expect 0 "${who[@]}" search Wien --merged --filter kind=organisation --json; json 'len(d["hits"]) == 1 and d["hits"][0]["group"] == "tu1"'
expect 2 "${who[@]}" search Wien --merged --group; err_has 'do not go together'
expect 0 "${who[@]}" review --json; json 'd["total"] == 0'
expect 0 "${who[@]}" review; out_has '0 pairs'
expect 1 "${who[@]}" decide tu1 tu2 perhaps; err_has '"same", "different" or "unsure"'
expect 1 "${who[@]}" undo "$decision"; err_has 'taken back before'
expect 1 "${who[@]}" identity nobody; err_has 'nobody'
expect 2 "${who[@]}" match --threshold 7; err_has 'from 0 to 1'

# Lineage.
cat >lineage.jsonl <<'LINES'
{"id":"ini-2","kind":"initiative","record":{"names":[{"language":"en","text":"Homes second"}],"origin":{"country":"SE"}}}
{"id":"rep-1","kind":"replication","record":{"parent":"ini-1","child":"ini-2","kind":"adapt","date":"2018","changes":[{"language":"en","text":"Smaller flats"}],"fidelity":"0.8"}}
{"id":"rep-2","kind":"replication","record":{"parent":"ini-2","child":"ini-1"}}
{"id":"rep-3","kind":"replication","record":{"parent":"ini-2","child":"ini-3","date":"2017"}}
LINES
lineage=(--catalogue "$work/lineage.koinon")
expect 0 "${lineage[@]}" import good.jsonl
expect 0 "${lineage[@]}" import lineage.jsonl --json; json 'd["stored"] == 2 and d["quarantined"] == 2'
expect 0 "${lineage[@]}" quarantine list; out_has 'Homes second (ini-2) → Homes first (ini-1) → Homes second (ini-2)'
out_has 'Homes first (ini-1) –2018→ Homes second (ini-2) –2017→ ini-3'
expect 0 "${lineage[@]}" lineage ini-1; out_has '└─ [2018, adaptation] Homes second (ini-2, SE)'; out_has 'Smaller flats'
out_has '1 direct replication, 1 in all'
expect 0 "${lineage[@]}" lineage ini-2; out_has 'Homes first (ini-1, FI) →'
expect 0 "${lineage[@]}" lineage ini-1 --as-of 2017-12-31 --json; json 'd["total"] == 0 and d["generations"][0]["countries"] == ["FI"]'
expect 0 "${lineage[@]}" lineage ini-1 --kind copy --json; json 'd["total"] == 0'
expect 1 "${lineage[@]}" lineage org-a; err_has 'not an initiative'
expect 2 "${lineage[@]}" lineage ini-1 --as-of yesterday; err_has '2016-12-31'
expect 0 "${lineage[@]}" replication-times --as-of 2020 --json; json 'd["undated"] == 1 and d["times"][0]["id"] == "ini-2"'
expect 0 "${lineage[@]}" replication-times --as-of 2020; out_has '1 without a start'
expect 2 "${lineage[@]}" replication-times; err_has '--as-of'
expect 0 "${lineage[@]}" replication-times --as-of 2020 --theme Housing --json; json 'd["times"] == []'
expect 1 "${lineage[@]}" replication-times --as-of 2020 --theme housin; err_has 'did you mean housing?'

# Recommendation.
cat >recommend.jsonl <<'LINES'
{"id":"org-c","kind":"organisation","record":{"names":[{"language":"en","text":"Third Door"}],"kind":"ngo","addresses":[{"country":"BE"}]}}
{"id":"prj-2","kind":"project","record":{"titles":[{"language":"en","text":"Homes second"}],"period":{"from":"2018"},"themes":["housing"],"participations":[{"organisation":"org-b","role":"coordinator"},{"organisation":"org-c","role":"partner"}]}}
LINES
recommend=(--catalogue "$work/recommend.koinon")
expect 0 "${recommend[@]}" import good.jsonl recommend.jsonl
expect 0 "${recommend[@]}" recommend org-a; out_has 'Third Door (BE, org-c)'; out_has '1 partner in common'; out_has 'by Housing Together (org-b)'
out_lacks 'Housing Together (org-b) score'
expect 0 "${recommend[@]}" recommend org-a --known --exposure; out_has '1 record together'; out_has 'Homes first (prj-1)'; out_has 'passed over'
expect 0 "${recommend[@]}" recommend --member org-a --member org-c --json
json 'd["recommendations"][0]["id"] == "org-b" and d["candidates"] == 1'
expect 0 "${recommend[@]}" recommend --replicate prj-1 --country BE --json; json '[r["id"] for r in d["recommendations"]] == ["org-c"]'
expect 0 "${recommend[@]}" recommend --about housing --most-per-country 1 --json; json 'all(c["named"] <= 1 for c in d["countries"])'
expect 0 "${recommend[@]}" recommend org-a --as-of 2017 --json; json 'd["candidates"] == 0'
expect 1 "${recommend[@]}" recommend; err_has 'nothing to recommend for'
expect 1 "${recommend[@]}" recommend nobody; err_has 'nobody'
expect 1 "${recommend[@]}" recommend org-a --country XX; err_has "countries: 'XX' is no country"
expect 1 "${recommend[@]}" recommend org-a --kind zzz; err_has 'there are: public-authority'
expect 1 "${recommend[@]}" recommend --about zzz; err_has "themes_sought: 'zzz' is no theme"
expect 0 "${recommend[@]}" recommend org-a --country Belgium --json; json '[r["id"] for r in d["recommendations"]] == ["org-c"]'
expect 0 "${recommend[@]}" recommend org-a --member org-c --json; json 'd["candidates"] == 0'
expect 1 "${recommend[@]}" recommend org-a --exclude nobody; err_has "exclude: there is no organisation 'nobody'"
expect 1 "${recommend[@]}" recommend org-a --capability zzz; err_has "capabilities: 'zzz' is no capability"
expect 0 "${recommend[@]}" recommend org-a --needs housing --json; json 'd["kept_out"] == 0'
cat >call-nl.jsonl <<'LINES'
{"id":"call-nl","kind":"call","record":{"titles":[{"language":"en","text":"Homes"}],"themes":["housing"],"rules":[{"kind":"allowed-countries","parameters":{"countries":["NL"]}}]}}
LINES
expect 0 "${recommend[@]}" import call-nl.jsonl
expect 0 "${recommend[@]}" recommend --call call-nl; out_has '1 kept out by the rules of the call: BE 1'; out_lacks 'org-c'
expect 0 "${recommend[@]}" recommend --call call-nl --json; json 'd["kept_out_by"] == [{"country": "BE", "kind": "ngo", "count": 1}]'
expect 0 "${recommend[@]}" recommend-all --limit 1; out_has $'organisation\trank\tpartner\tscore'; out_has $'org-a\t1\torg-c\t'
expect 0 "${recommend[@]}" recommend-all org-c --json; json '[[p["id"] for p in o["partners"]] for o in d["organisations"]] == [["org-a"]]'
expect 0 "${recommend[@]}" recommend-all --of-country Belgium --json; json '[o["id"] for o in d["organisations"]] == ["org-c"]'
expect 1 "${recommend[@]}" recommend-all nobody; err_has 'nobody'
expect 1 "${recommend[@]}" recommend prj-1; err_has 'is a project, not an organisation'
expect 2 "${recommend[@]}" recommend org-a --as-of soon; err_has '2016-12-31'

# -- Reports and fields
expect 0 fields award; out_has 'bid'; out_has 'reference, needed'; out_has 'amount'
expect 0 fields evidence --json; json 'any(f["path"] == "maryland.grade" and f["vocabulary"] == "maryland-scale" for f in d)'
expect 1 fields poem; err_has 'poem'
expect 0 "${recommend[@]}" report project year --json; json 'd["of"] == "project" and d["total"]["records"] == sum(r["records"] for r in d["rows"])'
expect 0 "${recommend[@]}" report organisation country; out_has '| Belgium | 1 |'; out_has 'Drawn from the catalogue after change'
expect 0 "${recommend[@]}" report organisation country --only country=BE,FI --language nl; out_has 'België'
expect 0 "${recommend[@]}" report organisation --change 1; out_has '| 1 |'
expect 1 "${recommend[@]}" report organisation colour; err_has 'there are: country'
expect 2 "${recommend[@]}" report organisation --only country; err_has 'DIMENSION=CODE'
cat >outcome.jsonl <<'LINES'
{"id":"call-out","kind":"call","record":{"titles":[{"language":"en","text":"Homes for all"}]}}
{"id":"bid-out","kind":"bid","record":{"call":"call-out","consortium":"cons-out","state":"selected"}}
{"id":"award-out","kind":"award","record":{"bid":"bid-out","amount":{"amount":"1000.00","currency":"EUR"},"project":"prj-2"}}
LINES
expect 0 "${recommend[@]}" import outcome.jsonl
expect 0 "${recommend[@]}" outcome call-out; out_has '1 bid selected'; out_has '1000.00 EUR in 1 award'; out_has 'Homes second'; out_has '1000.00 EUR for each project'
expect 0 "${recommend[@]}" outcome call-out --json; json 'd["projects"][0]["id"] == "prj-2" and d["replicas"] == []'
expect 1 "${recommend[@]}" outcome prj-2; err_has 'not a call or a programme'

expect 0 "${lineage[@]}" search smaller flats --json; json 'd["hits"][0]["title"] == "Homes first → Homes second"'
expect 0 "${lineage[@]}" show rep-1; out_has 'Homes first (ini-1) → Homes second (ini-2)'; out_has 'adaptation (adapt)'
expect 0 "${lineage[@]}" check
expect 0 "${c[@]}" around org-a; out_has 'Housing Together'; out_has '2 organisations, 1 tie'
expect 0 "${c[@]}" around org-a --hops 3 --limit 1 --json; json 'len(d["organisations"]) == 1 and d["complete"] is False'
expect 0 "${c[@]}" around org-a --hops 3 --limit 0 --json; json 'len(d["organisations"]) == 2 and d["complete"] is True'
expect 0 "${c[@]}" common org-a org-b; out_has '0 partners in common'
expect 0 "${c[@]}" near org-a; out_has 'Housing Together'; out_has 'off by'
expect 0 "${c[@]}" near org-a --epsilon 0.01 --json; json 'd["organisations"][0]["id"] == "org-b" and d["error_bound"] < 0.1'
expect 1 "${c[@]}" near org-a --epsilon 0; err_has 'epsilon'
expect 2 "${c[@]}" near org-a --epsilon little; err_has 'epsilon'
expect 1 "${c[@]}" common org-a nobody; err_has 'nobody'

# Quarantine.
expect 0 "${c[@]}" quarantine list --json
json 'len(d) >= 1 and d[0]["violations"][0]["path"].endswith("kind")'
row="$(python3 -c 'import json; print(json.load(open("out"))[0]["id"])')"
expect 0 "${c[@]}" quarantine list; out_has 'unknown_code'
expect 0 "${c[@]}" quarantine show "$row"; out_has 'no-such-kind'
expect 0 "${c[@]}" quarantine show "$row" --json; json '"org-d" in d["text"]'
expect 1 "${c[@]}" quarantine show 99999; err_has '99999'
expect 2 "${c[@]}" quarantine show first; err_has 'whole number'
expect 1 "${c[@]}" quarantine retry "$row"; err_has 'stays in quarantine'
sed 's/no-such-kind/ngo/' bad.jsonl | tail -n 1 >mended.jsonl
expect 0 "${c[@]}" quarantine retry "$row" --mended mended.jsonl --json; json 'd["stored"] == 1'
expect 0 "${c[@]}" show org-d --json; json 'd["record"]["kind"] == "ngo"'
expect 0 --catalogue b.koinon import bad.jsonl
expect 0 --catalogue b.koinon quarantine list --json
row="$(python3 -c 'import json; print(json.load(open("out"))[0]["id"])')"
expect 0 --catalogue b.koinon quarantine discard "$row"
expect 1 --catalogue b.koinon quarantine discard "$row"
expect 0 --catalogue b.koinon quarantine list; out_has 'No row'

# Export, backup, check, stats.
expect 0 "${c[@]}" export; cp out exported; [ "$(wc -l <exported)" -ge 8 ]; result $? 'a line for each record'
expect 0 "${c[@]}" export file.jsonl --json; json 'd["lines"] >= 8'
cmp -s exported file.jsonl; result $? 'file and standard output are the same'
expect 0 --catalogue copy.koinon import file.jsonl
expect 0 --catalogue copy.koinon export copy.jsonl
cmp -s file.jsonl copy.jsonl; result $? 'export, import, export gives the same bytes'
expect 0 "${c[@]}" export --history -; out_has 'org-a'
expect 1 "${c[@]}" export /no-such-folder/x; err_has 'koinon: '
expect 0 "${c[@]}" backup backup.koinon
expect 0 --catalogue backup.koinon check; out_has 'all is well'
expect 0 "${c[@]}" check --json; json 'd["findings"] == [] and d["records"] >= 8'
expect 0 "${c[@]}" stats --json; json 'd["kinds"]["case-study"] == 2'
expect 0 "${c[@]}" stats; out_has 'case study'

# Consortia.
s=(--catalogue sample.koinon)
expect 0 "${s[@]}" eligibility call-competence-centres-2020 --member org-tu-dortmund:coordinator --other Elsewhere:GR:partner
out_has 'add one more member'; out_has 'An applicant and at least two co-applicants.'; out_has 'FAILS'
expect 0 "${s[@]}" eligibility call-competence-centres-2020 --member org-kysk --document letter-of-endorsement --eu-share 0.7 --json
json 'd["state"] == "fails" and d["findings"][3]["state"] == "passes"'
expect 1 "${s[@]}" eligibility nothing --json; json 'd["error"]["name"] == "KN_E_NOT_FOUND"'
expect 1 "${s[@]}" eligibility call-competence-centres-2020 --other A:Atlantis; err_has 'no country'
expect 2 "${s[@]}" eligibility call-competence-centres-2020 --other A; err_has '--other needs'
printf '{"rules":[{"kind":"gender-balance","legal_text":"Article 9"}],"members":["org-kysk"]}' >request.json
expect 0 "${s[@]}" eligibility --request request.json; out_has 'cannot be told'; out_has "does not know the rule kind 'gender-balance'"
# Of a name that is told twice neither is taken, and what is no JSON is told with its place.
echo '{"rules":[{"kind":"rate-cap","parameters":{"rate":"0.8","rate":"0.9"}}],"members":[]}' >twice.json
expect 2 "${s[@]}" eligibility --request twice.json; err_has 'twice.json tells "rate" twice'
printf '{"rules": [],\n "members": [,]}' >broken.json
expect 2 "${s[@]}" build-consortium --request broken.json; err_has 'line 2, column'
expect 0 "${s[@]}" build-consortium call-long-term-unemployment-2024 --size 3-4 --answers 2 --what-if 'relax=track-record'
out_has 'optimal: worth'; out_has '2. worth'; out_has 'What if 1: optimal'; out_has 'fit 0.'
expect 0 "${s[@]}" build-consortium call-long-term-unemployment-2024 --size 3 --fixed org-lr-sozialforschung:coordinator --json
json 'd["status"] == "optimal" and d["plans"][0]["members"][0]["organisation"] == "org-lr-sozialforschung"'
expect 0 "${s[@]}" build-consortium call-competence-centres-2020 --country DE --country EE
out_has 'infeasible'; out_has 'at least three EU member states'
expect 2 "${s[@]}" build-consortium call-competence-centres-2020 --what-if nonsense; err_has '--what-if needs'
expect 1 "${s[@]}" build-consortium call-competence-centres-2020 --answers 100; err_has 'answers is from 1 to 20'

# Methods, care, communities, peers, centres.
cat >programme.jsonl <<'LINES'
{"id":"org-x","kind":"organisation","record":{"names":[{"language":"en","text":"Aalto"}],"addresses":[{"country":"FI"}],"languages":["en"],"offers":["housing"]}}
{"id":"org-y","kind":"organisation","record":{"names":[{"language":"en","text":"Borg"}],"addresses":[{"country":"SE"}],"languages":["en"],"seeks":["housing"]}}
{"id":"org-z","kind":"organisation","record":{"names":[{"language":"en","text":"Carl"}],"addresses":[{"country":"FI"}],"languages":["en"],"seeks":["housing"]}}
{"id":"ini-h","kind":"initiative","record":{"names":[{"language":"en","text":"Home First"}]}}
{"id":"meth-o","kind":"method","record":{"names":[{"language":"en","text":"Staircase"}],"themes":["housing"],"superseded_by":"meth-h"}}
{"id":"meth-h","kind":"method","record":{"names":[{"language":"en","text":"Housing first"}],"themes":["housing"]}}
{"id":"case-h","kind":"case-study","record":{"initiative":"ini-h","state":"published","problem":[{"language":"en","text":"Rough sleeping"}],"solution":[{"language":"en","text":"A home first"}],"themes":["housing"],"locations":[{"country":"FI"}],"period":{"from":"2019","to":"2022"},"running":"running","lead_organisation":"org-x","methods":[{"method":"meth-h","effect":[{"language":"en","text":"Fewer evictions"}]}]}}
{"id":"evid-h","kind":"evidence","record":{"about":"case-h","titles":[{"language":"en","text":"A year later"}],"features":["comparison-group","before-after"],"effects":[{"indicator":"housed","baseline":0.3,"value":0.8}]}}
{"id":"assess-1","kind":"assessment","record":{"method":"meth-h","version":"1.0","assessor":"a","grades":[{"criterion":"relevance","grade":"4"}]}}
{"id":"com-h","kind":"community","record":{"names":[{"language":"en","text":"Homes"}],"members":[{"organisation":"org-x","role":"member"}]}}
{"id":"exch-h","kind":"exchange","record":{"within":"com-h","kind":"event","author":"org-y","period":{"from":"2025-03-01"}}}
{"id":"centre-h","kind":"competence-centre","record":{"names":[{"language":"en","text":"Centre of Finland"}],"countries":["FI"],"period":{"from":"2021"}}}
{"id":"coll-h","kind":"collection","record":{"titles":[{"language":"en","text":"Good practices"}],"cases":["case-h","case-gone"]}}
LINES
p=(--catalogue "$work/programme.koinon")
expect 0 "${p[@]}" import programme.jsonl
expect 0 "${p[@]}" evidence case-h; out_has 'standard of evidence: control group (3)'; out_has 'a second study'; out_has 'counterfactual (3)'
expect 0 "${p[@]}" evidence ini-h --json; json 'd["standard"]["derived"] == "3" and d["studies"][0]["maryland"]["grade"] == "3"'
expect 1 "${p[@]}" evidence org-x; err_has 'is an organisation, not a study'
expect 0 "${p[@]}" method meth-o; out_has 'superseded: use Housing first (meth-h)'
expect 0 "${p[@]}" method meth-h; out_has 'not defined: no-pairs'; out_has 'Fewer evictions'
expect 0 "${p[@]}" methods-for rough sleeping --theme housing --country FI; out_has '1.  Housing first'; out_has 'superseded: use Housing first'
expect 0 "${p[@]}" methods-for --theme housing --json; json '[m["id"] for m in d["methods"]] == ["meth-h", "meth-o"]'
expect 1 "${p[@]}" methods-for; err_has 'nothing is asked'
expect 0 "${p[@]}" completeness case-h; out_has 'missing results, transferability'; out_has 'language en'
expect 0 "${p[@]}" incomplete; out_has '1 case of 1'
expect 1 "${p[@]}" incomplete --below 2; err_has 'below is from 0 to 1'
expect 0 "${p[@]}" stale --as-of 2023-01-01; out_has 'ended-but-running'; out_has '1 finding in 1 case as of 2023-01-01'
expect 0 "${p[@]}" stale --as-of 2021 --json; json 'd["total"] == 0 and d["records"] == 1'
expect 1 "${p[@]}" stale --finding mouldy; err_has "no finding 'mouldy'"
expect 2 "${p[@]}" stale --as-of soon; err_has '2016-12-31'
expect 0 "${p[@]}" collections; out_has 'Good practices'; out_has 'case-gone, not in the catalogue'
expect 0 "${p[@]}" community com-h --by month; out_has '2025-03'; out_has 'event 1'
expect 1 "${p[@]}" community com-h --by decade; err_has 'year, quarter or month'
expect 0 "${p[@]}" who-solved rough sleeping --theme housing; out_has 'Aalto (org-x), FI'; out_has 'methods'
expect 0 "${p[@]}" who-solved rough sleeping --authorities --json; json 'd["organisations"] == []'
expect 0 "${p[@]}" peers; out_has 'Aalto -> Borg'; out_has 'no pair: Carl (org-z), same-country'
expect 0 "${p[@]}" peers --same-country --worthiest --most-given 1 --json; json 'len(d["pairs"]) == 1 and d["possible"] == 2'
expect 1 "${p[@]}" peers --theme-weight 1e9; err_has 'theme_weight'
expect 1 "${p[@]}" peers nobody; err_has 'nobody'
expect 0 "${p[@]}" centres --as-of 2022; out_has 'not covered: AT'; out_has '1 country of EU covered'
expect 0 "${p[@]}" centres --as-of 2020 --json; json 'd["centres"] == [] and len(d["uncovered"]) == 27'
expect 1 "${p[@]}" centres --group UN; err_has 'EEA'
expect 0 "${p[@]}" centre centre-h; out_has 'Centre of Finland'

# Put: one record, alone or as show tells it.
printf '%s' '{"names":[{"language":"fi","text":"Uusi"}],"kind":"ngo"}' >one.json
expect 0 "${c[@]}" put one.json --kind organisation --id org-put --by ann; out_has 'org-put  v1'
expect 0 "${c[@]}" put one.json --kind organisation --id org-put; out_has 'v1  unchanged'
expect 0 "${c[@]}" put one.json --kind organisation --json; json 'd["id"] and d["version"] == 1 and d["change"] > 0'
expect 1 "${c[@]}" put one.json --kind organisation --id org-put --version 0; err_has 'is at version 1, not 0'
expect 0 "${c[@]}" show org-put --json
sed 's/Uusi/Uudempi/' out >shown.json
expect 0 "${c[@]}" put shown.json --json; json 'd["id"] == "org-put" and d["version"] == 2'
sed -i 's/Uudempi/Vanha/' shown.json  # which tells version 1
expect 1 "${c[@]}" put shown.json --json; json 'd["error"]["name"] == "KN_E_CONFLICT"'
expect 0 "${c[@]}" put shown.json --version 2; out_has 'org-put  v3'
expect 0 "${c[@]}" history org-put; out_has 'by ann'
expect 2 "${c[@]}" put one.json; err_has '--kind KIND'
expect 2 "${c[@]}" put one.json --kind organization; err_has 'did you mean organisation?'
expect 2 "${c[@]}" put one.json two.json --kind organisation; err_has 'cannot use "two.json"'
expect 1 "${c[@]}" put missing.json --kind organisation; err_has 'missing.json'
expect 1 "${c[@]}" put --kind organisation  # nothing on standard input
printf '%s' '{"names":[{"language":"xx-","text":""}],"kind":"no-such-kind"}' >bad.json
expect 1 "${c[@]}" put bad.json --kind organisation --json
json 'len(d["error"]["violations"]) == 3 and d["error"]["name"] == "KN_E_INVALID_RECORD"'
"$koinon" "${c[@]}" put --kind organisation --id org-put - <one.json >out 2>err
result $? 'put reads standard input'; out_has 'org-put  v4'

# Remove, erase.
expect 0 "${c[@]}" remove case-2; out_has 'history case-2'
expect 1 "${c[@]}" remove case-2
expect 0 "${c[@]}" erase org-b --json; json 'd["erased"]'
expect 1 "${c[@]}" show org-b --json; json 'd["error"]["name"] == "KN_E_ERASED"'
expect 0 "${c[@]}" export --history -; out_lacks 'Housing Together'

# A foreign file is refused and left alone.
printf 'not a catalogue, but long enough to be looked at\n%.0s' {1..200} >foreign
cp foreign foreign.copy
expect 1 --catalogue foreign import good.jsonl; err_has 'koinon: '
cmp -s foreign foreign.copy; result $? 'a foreign file is left alone'

# A full output is a failure, not a silence.
if [ -e /dev/full ]; then
  "$koinon" "${c[@]}" export >/dev/full 2>err; code=$?
  [ "$code" -eq 1 ]; result $? "a full disk ends with $code"
  err_has 'koinon: '
fi

# Ctrl-C: the batch is finished, the way on is told, and it works.
python3 - <<'PYTHON'
with open("many.jsonl", "w") as file:
    for i in range(400000):
        file.write('{"id":"org-%d","kind":"organisation","record":{"names":[{"language":"en","text":"Organisation %d"}]}}\n' % (i, i))
PYTHON
"$koinon" --catalogue many.koinon import many.jsonl >out 2>err &
pid=$!
# Not before rows are in: making the file writes a log as well, when the command does not listen yet.
for _ in $(seq 600); do
  sleep 0.05
  [ "$(stat -c %s many.koinon-wal 2>/dev/null || echo 0)" -lt 1000000 ] || break
done
kill -INT "$pid"
wait "$pid"; code=$?
[ "$code" -eq 1 ]; result $? "an interrupted import ends with $code"
err_has '--from'
from="$(sed -n 's/.*--from \([0-9]*\).*/\1/p' err)"
[ -n "$from" ] && [ "$from" -lt 400000 ]; result $? "it goes on after row '$from'"
expect 0 --catalogue many.koinon stats --json; json "d['records'] == ${from:-0}"

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
