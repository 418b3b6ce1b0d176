# Postage: what can be made. "make help" lists it.

BASE ?= /
ORIGIN ?=
PORT ?= 8080
OUT  ?= dist
FUZZTIME ?= 20s
SLIM ?= 1

.DEFAULT_GOAL := help
.PHONY: help run build test test-full test-browsers test-beam sizes fuzz types bench perf lighthouse book-check lint tools shell other-browsers clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  PORT=8081 make run               serve on another port (now $(PORT))"
	@echo "  FUZZTIME=5m make fuzz            look longer (now $(FUZZTIME))"
	@echo "  BASE=/tools/postage/ make build  build for a site below a path (now $(BASE))"
	@echo "  ORIGIN=https://postage.example make build"
	@echo "                                   tell search engines and frames where the site is"
	@echo "  SLIM=0 make build                compile the programs as Go alone does (web/slim/README.md)"

run: ## build the site, without the compressed files, and serve it on this machine
	@go run ./web build -quick -out .build/site -base "$(BASE)"
	@go run ./web serve -dir .build/site -base "$(BASE)" -port "$(PORT)"

build: ## build the site into dist/
	@go run ./web build -out "$(OUT)" -base "$(BASE)" -origin "$(ORIGIN)" -slim="$(SLIM)"

# What the tests keep is little and what they throw away much: with a collector that comes
# more rarely, and still in time for a small machine, those of the rules take half as long.
test: tools shell ## run all tests, in a browser too; installs what they need ("make lint" vets)
	GOGC=800 GOMEMLIMIT=1GiB go test -vet=off -timeout 40m -parallel 3 ./...

test-full: tools ## run what takes longest: programs as Go alone makes them, all random scenarios and lists
	SLIM=0 go test -count 1 -timeout 30m -parallel 3 -tags browsers -run '^TestTheMainFlows$$' ./web
	go test -count 1 -timeout 30m -tags full ./rules ./rules/reach

test-browsers: other-browsers ## run the main flows in Firefox and WebKit; installs what they need
	go test -timeout 15m -parallel 100 -tags browsers -run '^TestInTheOtherBrowsers' ./web

test-beam: ## run the pipeline for many machines on this one; fetches Apache Beam (web/beam/README.md)
	cd web/beam && go test -count 1 -timeout 20m -v ./...

fuzz: ## run each fuzz test for FUZZTIME, 20s if not given
	@for package in $$(grep -rl --include='*_test.go' '^func Fuzz' app rules web | xargs -n 1 dirname | sort -u | sed 's,^,./,'); do \
		targets=$$(go test -list '^Fuzz' "$$package" | grep '^Fuzz') || exit 1; \
		for target in $$targets; do \
			echo "$$package $$target"; \
			go test "$$package" -run '^$$' -fuzz "^$$target\$$" -fuzztime "$(FUZZTIME)" -fuzzminimizetime 1s || exit 1; \
		done; \
	done

book-check: ## list what of the book is to be looked at again today
	@go run ./web due -on "$$(TZ=Asia/Ho_Chi_Minh date +%F)"

sizes: ## measure what each piece of web/slim saves; takes long
	@go run ./web/slim/sizes

types: ## let TypeScript, from npm, check the types that are published
	go test -count 1 -tags types -run '^TestTheTypesHoldInTypeScript$$' ./web/site

bench: ## measure the engine, lists, the commands and the files behind nginx
	@go test -run '^$$' -bench . -benchmem ./rules ./app/table/... ./web ./web/serve

perf: tools ## measure the site beside go-app's hello world on an emulated phone
	@go run ./web/perf

lighthouse: tools ## let Lighthouse, from npm, score every page as on a phone
	@go run ./web/perf -only lighthouse

lint: ## check format, go vet and staticcheck, for this machine, the browser and many machines
	@unformatted=$$(gofmt -l app rules wasm web); \
	if [ -n "$$unformatted" ]; then echo "gofmt -w is due on:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go vet -tags browsers,types ./web/...
	go vet -tags full ./rules/...
	GOOS=js GOARCH=wasm go vet ./app/... ./rules ./wasm/...
	go tool staticcheck ./...
	go tool staticcheck -tags browsers,types ./web/...
	checker=$$(go tool -n staticcheck) && GOOS=js GOARCH=wasm "$$checker" ./app/... ./rules ./wasm/...
	checker=$$(go tool -n staticcheck) && cd web/beam && go vet ./... && "$$checker" ./...

# install installs the packages in $$missing, or says which they are. It goes on
# from the line that looks for them.
define install
if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; \
	else \
		echo "The tests need more than is here: install the packages$$missing, then run make again." >&2; exit 1; \
	fi
endef

# What the tests run beside Go: Chromium, Node, and the hosts whose configuration
# the site prints.
tools:
	@missing=""; PATH="$$PATH:/usr/sbin"; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
		command -v google-chrome-stable >/dev/null || missing="$$missing chromium"; \
	command -v node >/dev/null || missing="$$missing nodejs"; \
	command -v nginx >/dev/null || missing="$$missing nginx"; \
	test -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so || missing="$$missing libnginx-mod-http-brotli-static"; \
	command -v caddy >/dev/null || missing="$$missing caddy"; \
	$(install)

# A Chromium without windows, with which the tests take half as long. They do
# without it too, where it cannot be installed.
shell:
	@if ! command -v chromium-headless-shell >/dev/null && ! command -v chrome-headless-shell >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			{ $(quickly) update && DEBIAN_FRONTEND=noninteractive $(quickly) install -y --no-install-recommends chromium-headless-shell; } || \
				echo "The tests go on without chromium-headless-shell, and take longer."; \
		else \
			echo "With the package chromium-headless-shell the tests would take half as long."; \
		fi; \
	fi
quickly = apt-get -q -o Acquire::Retries=0 -o Acquire::http::Timeout=10

# What test-browsers runs: Firefox, WebKit, and a display for it.
other-browsers:
	@missing=""; \
	command -v firefox-esr >/dev/null || missing="$$missing firefox-esr"; \
	command -v WebKitWebDriver >/dev/null || missing="$$missing webkit2gtk-driver"; \
	command -v Xvfb >/dev/null || missing="$$missing xvfb"; \
	$(install)

clean: ## remove what was built
	rm -rf dist .build
