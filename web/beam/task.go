package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"postage/app/table"
	"postage/rules"
	"postage/rules/reach"
)

// A Task is what every worker is told, as JSON.
type Task struct {
	Purpose      rules.Purpose
	On           rules.Date
	Config       []byte // JSON; empty: there is none
	Dates        string // dmy, mdy or nothing
	Sheet        string
	Out, Summary string // a folder, and a file
}

// reach is the task as the planning takes it.
func (t *Task) reach() (reach.Task, error) {
	task := reach.Task{Purpose: t.Purpose, On: t.On}
	if len(t.Config) == 0 {
		return task, nil
	}
	var err error
	task.ListConfig, err = rules.DecodeListConfig(t.Config)
	return task, err
}

// prepare looks at the task. Workers have the same rules, and so find the same ways.
func (t *Task) prepare() (reach.Task, *reach.Ways, error) {
	task, err := t.reach()
	if err != nil {
		return task, nil, err
	}
	ways, err := reach.Prepare(task)
	return task, ways, err
}

// columnsFile says what each column is taken for.
func (t *Task) columnsFile() string { return t.Out + "/columns.txt" }

// rowsFile is for what becomes of the rows of one of some shards.
func (t *Task) rowsFile(shard, shards int32) string {
	return fmt.Sprintf("%s/rows-%05d-of-%05d.csv", t.Out, shard, shards)
}

// openShard opens a file of the list; a file that has a header alone is nil. What is
// not on this machine is copied to it until done is called.
func openShard(ctx context.Context, path, sheet string) (file *table.File, done func(), err error) {
	done = func() {}
	defer func() {
		if err != nil {
			done()
			err = fmt.Errorf("%s: %w", path, err)
		}
	}()
	fs, err := filesystem.New(ctx, path)
	if err != nil {
		return nil, done, err
	}
	defer fs.Close()
	from, err := fs.OpenRead(ctx, path)
	if err != nil {
		return nil, done, err
	}
	local, ok := from.(*os.File)
	if ok {
		done = func() { local.Close() }
	} else {
		defer from.Close()
		if local, err = os.CreateTemp("", "postage-shard-*"); err != nil {
			return nil, done, err
		}
		done = func() { local.Close(); os.Remove(local.Name()) }
		if _, err = io.Copy(local, io.LimitReader(from, table.MaxBytes+1)); err != nil {
			return nil, done, err
		}
	}
	info, err := local.Stat()
	if err != nil {
		return nil, done, err
	}
	file, err = table.Open(local, info.Size(), table.Options{Sheet: sheet})
	var wrong *table.Error
	if errors.As(err, &wrong) && wrong.Code == table.NoRows {
		return nil, done, nil
	}
	return file, done, err
}

// readFile reads a file, wherever it is.
func readFile(ctx context.Context, path string) ([]byte, error) {
	fs, err := filesystem.New(ctx, path)
	if err != nil {
		return nil, err
	}
	defer fs.Close()
	return filesystem.Read(ctx, fs, path)
}

// writeFile writes a file, wherever it is.
func writeFile(ctx context.Context, path string, write func(io.Writer) error) error {
	fs, err := filesystem.New(ctx, path)
	if err != nil {
		return err
	}
	defer fs.Close()
	to, err := fs.OpenWrite(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(write(to), to.Close())
}
