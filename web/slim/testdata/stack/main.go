// Command stack goes where the runtime reads what it knows of functions: it recovers
// from panics at several depths, lets stacks grow with pointers on them while the
// garbage collector runs, and calls by reflection. It prints what came of it.
package main

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
)

// A node is something for the garbage collector to find.
type node struct {
	next *node
	text string
}

// deep keeps a pointer on the stack at each depth, and makes garbage.
func deep(depth int, last *node) int {
	n := &node{last, strings.Repeat("x", depth%7)}
	if depth%97 == 0 {
		runtime.GC()
	}
	if depth == 0 {
		count := 0
		for ; last != nil; last = last.next {
			count += len(last.text)
		}
		return count
	}
	return deep(depth-1, n) + len(n.text)
}

// recovered is what a function panics with.
func recovered(f func()) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint(r)
		}
	}()
	f()
	return "nothing"
}

type caught struct{ text string }

func (c *caught) catch() {
	if r := recover(); r != nil {
		c.text = fmt.Sprint("caught ", r)
	}
}

// byMethod recovers by a method, which is called by way of a wrapper.
func byMethod() string {
	var c caught
	func() {
		var catcher interface{ catch() } = &c
		defer catcher.catch()
		panic("by a method")
	}()
	return c.text
}

// tooDeep tries to recover where that is not possible: in a function that a deferred one calls.
func tooDeep() {
	defer func() {
		func() { _ = recover() }()
	}()
	panic("too deep")
}

// again panics while a panic goes on.
func again() {
	defer func() { panic(fmt.Sprint(recover(), ", and then another")) }()
	panic("one")
}

type sum struct{ of *node }

func (s sum) Add(a int, b *node) int {
	runtime.GC()
	return a + len(b.text) + len(s.of.text)
}

func main() {
	var none *node
	var nothing []int
	var anything any = "text"
	zero := len(nothing)
	for _, f := range []func(){
		func() { panic(errors.New("an error")) },
		func() { _ = nothing[zero] },
		func() { _ = 1 / zero },
		func() { _ = anything.(int) },
		func() { _ = none.text },
		tooDeep, again,
	} {
		fmt.Println(recovered(f))
	}
	fmt.Println(byMethod())
	fmt.Println(deep(5000, nil))

	done := make(chan int)
	for i := range 8 {
		go func() {
			defer func() {
				if recover() != nil {
					done <- deep(500+i, nil)
				}
			}()
			deep(300, nil)
			panic(i)
		}()
	}
	total := 0
	for range 8 {
		total += <-done
	}
	fmt.Println(total)

	add := reflect.ValueOf(sum{&node{nil, "abc"}}).MethodByName("Add")
	fmt.Println(add.Call([]reflect.Value{reflect.ValueOf(4), reflect.ValueOf(&node{nil, "de"})})[0].Int())
	bound := add.Interface().(func(int, *node) int)
	fmt.Println(bound(5, &node{nil, "f"}))
	made := reflect.MakeFunc(reflect.TypeFor[func(*node) string](), func(in []reflect.Value) []reflect.Value {
		runtime.GC()
		return []reflect.Value{reflect.ValueOf(in[0].Interface().(*node).text + "!")}
	}).Interface().(func(*node) string)
	fmt.Println(made(&node{nil, "made"}))
	left := make(chan any)
	go func() {
		defer func() { left <- recover() }()
		runtime.Goexit()
	}()
	fmt.Println("left with", <-left)
}
